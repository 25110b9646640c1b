// `fangxian measure KEY --from DAY --until DAY`: one figure; without a key, the list.
import { parseArguments, textFlag } from '../arguments.ts'
import { signedIn } from '../remote.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { from: 'value', until: 'value' })
  const client = await signedIn()
  const key = parsed.words[0]
  if (!key) {
    const list = await client.get<{ rows: { key: string; title: { zh: string }; unit: string }[] }>(
      '/api/measures',
    )
    for (const row of list.rows) process.stdout.write(`${row.key}\t${row.title.zh}\t${row.unit}\n`)
    return 0
  }
  const span = new URLSearchParams()
  for (const name of ['from', 'until']) {
    const value = textFlag(parsed, name)
    if (value) span.set(name, value)
  }
  const figure = await client.get<unknown>(`/api/measures/${encodeURIComponent(key)}?${span}`)
  process.stdout.write(`${JSON.stringify(figure)}\n`)
  return 0
}
