// The first administrator of an empty installation comes in by a one-time link, which founds the agency.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { AgencySettings } from '../kernel/command.ts'
import { hashOf, refuseWeak, type SignIn } from '../kernel/http/sign-in.ts'
import { derivedId, uuidv7 } from '../kernel/ids.ts'
import { parseInput } from '../kernel/input.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { kernelProblems } from '../kernel/problem.ts'
import { addAccount, foundAgency } from '../modules/access/contracts.ts'

const linkHours = 24

/** A fresh code. Those given before stay good for their day; the first that is used founds the agency and shuts all. */
export async function firstAdministratorLink(kernel: Kernel): Promise<string> {
  const code = randomBytes(24).toString('base64url')
  const expires = new Date(kernel.now().getTime() + linkHours * 3_600_000).toISOString()
  await kernel.reads.with(connection =>
    connection.send('select sys.add_code($1, $2, null, null, $3)', [
      hashOf(code),
      'first-administrator',
      expires,
    ]),
  )
  return code
}

const body = z.strictObject({
  code: z.string().min(10).max(100),
  agencyCode: z.string().regex(/^[a-z0-9-]{1,40}$/),
  agencyName: z.string().min(1).max(80),
  badge: z.string().min(1).max(20),
  name: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
})

function unborn(agencyId: string, code: string, name: string, kind: 'real' | 'rehearsal'): AgencySettings {
  return { agencyId, code, name, kind, timeZone: 'Asia/Shanghai', handOverMinute: 480 }
}

/** Founds an agency by the system's command and returns its id. */
export async function found(
  kernel: Kernel,
  agency: { agencyId: string; code: string; name: string; kind: 'real' | 'rehearsal' },
  commandId = uuidv7(kernel.now().getTime()),
): Promise<void> {
  const { agencyId, code, name, kind } = agency
  const hands = await kernel.system(agencyId, unborn(agencyId, code, name, kind))
  await hands.run(foundAgency, { code, name, kind, hostName: null }, commandId)
}

export function firstAdministratorRoute(app: FastifyInstance, kernel: Kernel, signIn: SignIn): void {
  app.post('/api/sign-in/first', async request => {
    const input = parseInput(body, request.body) as z.output<typeof body>
    refuseWeak(input.password, input.badge)
    await withCode(kernel, input.code, () => settleIn(kernel, signIn, input))
    return { agency: input.agencyCode, badge: input.badge }
  })
}

/**
 * Uses the code up only if the work succeeds: its row stays locked meanwhile, so that a second try at the same
 * moment waits and then finds it used, and after a failure the link still works.
 */
async function withCode(kernel: Kernel, code: string, work: () => Promise<void>): Promise<void> {
  await kernel.reads.with(async connection => {
    await connection.script("begin; set local lock_timeout = '2s'")
    try {
      const used = await connection.send('select * from sys.use_code($1, $2, null, $3)', [
        hashOf(code),
        'first-administrator',
        kernel.now().toISOString(),
      ])
      if (used.rowCount === 0) throw kernelProblems.wrongCode()
      await work()
      await connection.commit()
    } catch (error) {
      await connection.rollback()
      throw error
    }
  })
}

async function settleIn(kernel: Kernel, signIn: SignIn, input: z.output<typeof body>): Promise<void> {
  const { agencyCode, agencyName, badge, name, password } = input
  // Ids follow from the code: a try that broke off half-way is carried on by the next with the same link.
  const source = hashOf(input.code).toString('hex').slice(0, 32)
  const [agencyId, accountId] = [derivedId(source, 'agency'), derivedId(source, 'account')]
  const agencies = await kernel.agencyList()
  if (agencies.some(one => one.agencyId !== agencyId)) throw kernelProblems.wrongCode()
  if (agencies.length === 0) {
    const agency = { agencyId, code: agencyCode, name: agencyName, kind: 'real' } as const
    await found(kernel, agency, derivedId(source, 'found'))
  }
  const hands = await kernel.system(agencyId)
  const account = { accountId, badge, name, roles: ['administrator'] }
  await hands.run(addAccount, account, derivedId(source, 'first account'))
  await signIn.setPassword(agencyId, accountId, badge, password, false)
}
