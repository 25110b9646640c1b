// Chengxi played to its last day, served by the real door with the built pages, and somebody signed in before it.
import { randomBytes } from 'node:crypto'
import { chengxi } from '../../scenarios/chengxi/index.ts'
import { buildWeb } from '../../src/app/cli/build.ts'
import { openStage, type OpenStage } from '../../src/app/stage.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { hashOf, hashPassword } from '../../src/kernel/http/sign-in.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { openBrowser } from '../../test/journeys/browser.ts'
import type { BenchDatabase } from '../frame/database.ts'

export interface LeadingBureau {
  open: OpenStage
  /** First instant of the operation, and 15:00 of its day 24, in milliseconds. */
  begins: number
  now: number
  base: string
  /** A signed-in page of a browser, and its way to be asked for its heap. */
  page(width: number, height: number): Promise<BenchPage>
  close(): Promise<void>
}
type Browser = Awaited<ReturnType<typeof openBrowser>>
export type BenchPage = Awaited<ReturnType<Browser['browser']['newPage']>>

const dayMs = 86_400_000

export async function leadingBureau(
  database: BenchDatabase,
  say: (line: string) => void,
): Promise<LeadingBureau> {
  const addresses = {
    ...{ owner: database.owner as never, app: database.as('fangxian_app') },
    ...{ jobs: database.as('fangxian_jobs'), launched: undefined, stop: async () => undefined },
  }
  const open = await openStage(addresses, Buffer.alloc(32, 7), chengxi, chengxi.start, { say })
  await chengxi.play(open.stage)
  // 08:00 in Beijing is midnight in UTC.
  const begins = Date.parse(`${chengxi.start}T00:00:00Z`)
  const now = begins + 23 * dayMs + 7 * 3_600_000
  open.stage.setClock(new Date(now).toISOString())
  const accountId = uuidv7(now)
  const roles = ['commander', 'dutyOfficer']
  const account = { accountId, badge: '990999', name: '周示一', roles, scopeUnitId: null, officerId: null }
  await open.stage.run(addAccount, account as never, 'account of the bench')
  const token = randomBytes(32).toString('base64url')
  const hash = await hashPassword(randomBytes(12).toString('hex'))
  const { owner } = database
  await owner.query('select sys.set_password($1, $2, $3, false, now())', [open.agencyId, accountId, hash])
  // A session as signing in leaves it.
  await owner.query("select sys.add_session($1, $2, $3, $4, $5, $6, 'bench', 'bench')", [
    hashOf(token),
    uuidv7(now),
    open.agencyId,
    accountId,
    new Date(now - dayMs).toISOString(),
    new Date(now + 30 * dayMs).toISOString(),
  ])
  await owner.query('analyze')
  const live = new Live(database.as('fangxian_app'), silentLog)
  await live.start()
  const app = await httpServer({
    ...{ kernel: open.kernel, live, ready: () => true, version: '0', webFolder: await buildWeb() },
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const opened = await openBrowser()
  return {
    open,
    begins,
    now,
    base,
    async page(width, height) {
      const context = await opened.browser.newContext({
        ...{ baseURL: base, viewport: { width, height }, locale: 'zh-CN', reducedMotion: 'reduce' },
      })
      context.setDefaultTimeout(60_000)
      await context.addCookies([{ name: 'fangxian', value: token, url: base }])
      return context.newPage()
    },
    async close() {
      await opened.close()
      await app.close()
      await live.close()
      await open.close()
    },
  }
}
