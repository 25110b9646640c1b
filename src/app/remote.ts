// The CLI's way to the running server: the typed client, signed in from the environment.
import { Client } from '../device/client.ts'
import { problemFrom } from '../device/client.ts'
import type { ProblemAnswer } from '../kernel/contract.ts'

export async function signedIn(): Promise<Client> {
  const base = process.env.FANGXIAN_URL ?? `http://127.0.0.1:${process.env.PORT ?? 8080}`
  const { FANGXIAN_BADGE: badge, FANGXIAN_PASSWORD: password, FANGXIAN_AGENCY: agency } = process.env
  if (!badge || !password) {
    throw new Error(
      'Set FANGXIAN_BADGE and FANGXIAN_PASSWORD (and FANGXIAN_AGENCY where there are several agencies).\n请设置环境变量 FANGXIAN_BADGE、FANGXIAN_PASSWORD。',
    )
  }
  let response: Response
  try {
    response = await fetch(`${base}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ badge, password, ...(agency ? { agency } : {}) }),
    })
  } catch (error) {
    throw new Error(`No server answers at ${base}. Start it with npm start, or set FANGXIAN_URL.`, {
      cause: error,
    })
  }
  if (!response.ok) throw problemFrom((await response.json()) as ProblemAnswer)
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`${base} gave no session.`)
  return new Client({ base, cookie })
}
