// `fangxian reset-code BADGE`: when the last administrator has lost the password. Needs the machine itself.
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { parseArguments, textFlag } from '../arguments.ts'
import { withOwner } from '../installation.ts'
import { refused } from '../refused.ts'
import { withDatabase } from '../with-database.ts'

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Twelve characters that cannot be mistaken for one another, in groups of four. */
export function readableCode(): string {
  const letters = [...randomBytes(12)].map(byte => alphabet[byte % alphabet.length]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { agency: 'value' })
  const badge = parsed.words[0]
  if (!badge) {
    throw new Error(
      'Which badge number? fangxian reset-code BADGE [--agency CODE]\n请给出警号:fangxian reset-code 警号 [--agency 单位代码]',
    )
  }
  const agency = textFlag(parsed, 'agency')
  const code = await withDatabase({ mayBeNew: false }, ({ owner: config }) =>
    withOwner(config, owner => codeFor(owner, badge, agency)),
  )
  process.stdout.write(`${code}\n`)
  process.stderr.write(
    'Valid for 30 minutes, once. Enter it on the sign-in page under “forgotten password”.\n30 分钟内有效，仅限一次。请在登录页“忘记密码”中输入。\n',
  )
  return 0
}

async function codeFor(owner: pg.Client, badge: string, agency: string | undefined): Promise<string> {
  const { rows } = await owner.query<{ agency_id: string; account_id: string }>(
    `select a.agency_id, a.account_id from app.account a join app.agency g on g.agency_id = a.agency_id
     where a.badge = $1 and ($2::text is null or g.code = $2) and a.active order by 1`,
    [badge, agency ?? null],
  )
  const [account] = rows
  if (!account) throw refused(`There is no active account ${badge}.`, `没有警号为 ${badge} 的可用账号。`)
  if (rows.length > 1) {
    throw refused(
      `Several agencies have an account ${badge}; say which with --agency CODE.`,
      `多个单位都有账号 ${badge};请用 --agency 单位代码 指明。`,
    )
  }
  const code = readableCode()
  await owner.query("select sys.add_code($1, 'reset', $2, $3, now() + interval '30 minutes')", [
    createHash('sha256').update(code).digest(),
    account.agency_id,
    account.account_id,
  ])
  return code
}
