// The demonstration: a published operation shifted by whole weeks so that today lies inside it, in a rehearsal
// agency. Loaded once per installation; cut off half-way, it goes on where it stopped.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { chengxi } from '../../scenarios/chengxi/index.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import type { SignIn } from '../kernel/http/sign-in.ts'
import { runWatches } from '../kernel/jobs.ts'
import { addDays, daysBetween, dutyDayOf } from '../kernel/time.ts'
import { firstAdministratorLink } from './first-administrator.ts'
import { type Installation, withOwner } from './installation.ts'
import { openPlace } from './place.ts'
import { noticeLine } from './progress.ts'
import { refused } from './refused.ts'
import { openStage } from './stage.ts'

const key = 'demonstration'

/** `declined`: begun with --empty, so that a later start without it does not fill a bureau's own database. */
interface Beginning {
  state: 'loading' | 'loaded' | 'declined'
  anchor: string
}

export interface BeginOptions {
  empty: boolean
  signal: AbortSignal
  address: string
  /** Progress. */
  say(line: string): void
  /** Results. */
  print(lines: readonly string[]): void
}

/** The anchor whole weeks away from the operation's own start, so that weekdays stay, with today while every zone is held. */
export function anchorFor(scenario: Pick<Scenario, 'start' | 'days'>, today: string): string {
  const inside = Math.floor(scenario.days / 3)
  const away = daysBetween(scenario.start, today) - inside
  return addDays(scenario.start, Math.round(away / 7) * 7)
}

function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return [...randomBytes(14)].map(byte => letters[byte % letters.length]).join('')
}

async function noted(owner: pg.Client): Promise<Beginning | undefined> {
  const found = await owner.query<{ value: string }>('select value from sys.installation where key = $1', [
    key,
  ])
  return found.rows[0] ? (JSON.parse(found.rows[0].value) as Beginning) : undefined
}
async function note(owner: pg.Client, beginning: Beginning): Promise<void> {
  await owner.query(
    'insert into sys.installation values ($1, $2) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify(beginning)],
  )
}

const today = (now: Date) => dutyDayOf({ timeZone: 'Asia/Shanghai', handOverMinute: 480 }, now)

/**
 * What an installation begins with: the demonstration, or a one-time link for the first administrator. Prints the
 * address first, then what the person at the keyboard has to know.
 */
export async function begin(
  installation: Installation,
  signIn: SignIn,
  options: BeginOptions,
): Promise<void> {
  const { kernel, addresses } = installation
  const { empty, print, address } = options
  const door = `Fangxian 防线  ${address}`
  await withOwner(addresses.owner, async owner => {
    await alone(owner, options)
    const before = await noted(owner)
    const many = (await kernel.agencyList()).length
    if (before?.state === 'loading' && many > 0 && empty) throw halfLoaded()
    if (before?.state === 'loaded' || (many > 0 && before?.state !== 'loading')) {
      print([door])
      if (before?.state === 'loaded') remind(before.anchor, today(kernel.now()), empty)
    } else if (empty || before?.state === 'declined') {
      await note(owner, { state: 'declined', anchor: '' })
      const code = await firstAdministratorLink(kernel)
      print([door, `first administrator 首个管理员  ${address}/first#${code}`])
    } else {
      const anchor = before?.anchor ?? anchorFor(chengxi, today(kernel.now()))
      await note(owner, { state: 'loading', anchor })
      print([door, ...(await load(installation, signIn, anchor, options))])
      // Last: whoever is cut off before it gets fresh passwords next time instead of none.
      await note(owner, { state: 'loaded', anchor })
    }
  })
}

/** Several servers may begin on one database at once; only one loads. The lock ends with the connection. */
async function alone(owner: pg.Client, { signal, say }: BeginOptions): Promise<void> {
  for (let told = false; ; told = true) {
    const { rows } = await owner.query<{ mine: boolean }>(
      "select pg_try_advisory_lock(hashtext('fangxian demonstration')) as mine",
    )
    if (rows[0]?.mine) return
    if (!told) say('another server is preparing this database 另一服务正在准备此数据库')
    await sleep(500, undefined, { signal })
  }
}

function halfLoaded(): Error {
  return refused(
    'This data folder holds a demonstration that was not loaded to its end. Start without --empty to finish it, or choose another folder by FANGXIAN_DATA.',
    '此数据目录中有未加载完的演练数据。请不加 --empty 启动以继续加载，或用 FANGXIAN_DATA 另选目录。',
  )
}

function remind(anchor: string, day: string, empty: boolean): void {
  if (empty) {
    noticeLine(
      'This data folder holds the demonstration; --empty changes nothing. 此目录为演练数据,--empty 不起作用；正式使用请用 FANGXIAN_DATA 另选目录。',
    )
  }
  const last = addDays(anchor, chengxi.days - 1)
  if (day > last) {
    noticeLine(
      `The demonstration ended on ${last}; a new data folder begins one around today. 演练已于 ${last} 结束;换一个空数据目录可重新开始。`,
    )
  }
}

/** Plays the operation up to now, and gives what it holds and one sign-in per role. */
async function load(
  installation: Installation,
  signIn: SignIn,
  anchor: string,
  { signal, say }: BeginOptions,
): Promise<string[]> {
  const { kernel, addresses } = installation
  const open = await openStage(addresses, openPlace().masterKey, chengxi, anchor, {
    until: kernel.now(),
    signal,
    say: line => say(`演练 demonstration · ${line}`),
  })
  try {
    const played = await chengxi.play(open.stage)
    const lines = [`demonstration 演练  ${played.holds.en}  ${played.holds.zh}`]
    for (const { role, badge, accountId } of played.accounts) {
      const password = readablePassword()
      await signIn.setPassword(open.agencyId, accountId, badge, password, false)
      lines.push(`sign-in ${role} ${badge} ${password}`)
    }
    signal.throwIfAborted()
    await runWatches(kernel, open.agencyId)
    return lines
  } finally {
    await open.close()
  }
}
