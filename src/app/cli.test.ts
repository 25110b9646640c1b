import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { books } from '../kernel/books/books.ts'
import { httpWorld, password } from '../kernel/http/http-world.ts'
import { access } from '../modules/access/index.ts'
import { parseArguments } from './arguments.ts'
import { explain } from './explain.ts'
import { kernelProblems } from '../kernel/problem.ts'

const w = await httpWorld([access, books([access])])
await w.account('990101', '周示一', ['administrator'])
const script = fileURLToPath(new URL('cli.js', import.meta.url))

function cli(args: string[], environment: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; err: string }>(resolve => {
    const env = {
      ...process.env,
      FANGXIAN_URL: w.base,
      FANGXIAN_BADGE: '990101',
      FANGXIAN_PASSWORD: password,
      ...environment,
    }
    execFile(process.execPath, [script, ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

describe('the command line', () => {
  it('CLI1 help names every word; an unknown one is refused', async () => {
    const help = await cli(['help'])
    expect(help.code).toBe(0)
    for (const word of [
      'start',
      'call',
      'ask',
      'measure',
      'replay',
      'backup',
      'restore',
      'verify',
      'reset-code',
    ]) {
      expect(help.out).toContain(`fangxian ${word}`)
    }
    const unknown = await cli(['fly'])
    expect([unknown.code, unknown.out]).toEqual([2, ''])
    expect(unknown.err).toContain('There is no command fly')
  })

  it('CLI2 a flag that is not there is named, without a stack', async () => {
    const { code, err } = await cli(['ask', 'access.accounts', '--colour', 'red'])
    expect([code, err]).toEqual([1, 'There is no option --colour. Known here: input.\n'])
  })

  it('CLI3 a command and a query through the running server', async () => {
    const input = { accountId: w.newId(), badge: '990102', name: '郑例二', roles: ['viewer'] }
    const id = w.newId()
    const call = ['call', 'access.addAccount', '--input', JSON.stringify(input), '--id', id]
    expect(await cli(call)).toEqual({ code: 0, out: '{}\n', err: '' })
    // The same id again is the same command.
    expect(await cli(call)).toEqual({ code: 0, out: '{}\n', err: '' })
    const asked = await cli(['ask', 'access.accounts', '--input={"search":"990102"}'])
    expect(JSON.parse(asked.out)).toMatchObject({ total: 1, rows: [{ badge: '990102', name: '郑例二' }] })
  })

  it('CLI4 what goes wrong is said in both languages with its code', async () => {
    const taken = { accountId: w.newId(), badge: '990101', name: '冯样三', roles: ['viewer'] }
    const refused = await cli(['call', 'access.addAccount', '--input', JSON.stringify(taken)])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/already an account[\s\S]*该警号已有账号[\s\S]*\(access\/badge-taken\)/)
    expect((await cli(['call', 'access.addAccount', '--input', '{'])).err).toContain('--input is not JSON')
    expect((await cli(['call', 'no.such'])).err).toContain('access.addAccount')
    expect((await cli(['ask', 'access.accounts'], { FANGXIAN_PASSWORD: 'wrong' })).err).toContain(
      'kernel/wrong-password',
    )
    expect((await cli(['ask', 'access.accounts'], { FANGXIAN_PASSWORD: '' })).err).toContain(
      'FANGXIAN_PASSWORD',
    )
    expect((await cli(['ask', 'access.accounts'], { FANGXIAN_URL: 'http://127.0.0.1:1' })).err).toContain(
      'npm start',
    )
  })

  it('CLI5 arguments: words, flags with and without “=”, switches', () => {
    const parsed = parseArguments(['a', '--input={"x":"=1"}', '--json', 'b', '--id', '7'], {
      input: 'value',
      json: 'switch',
      id: 'value',
    })
    expect(parsed.words).toEqual(['a', 'b'])
    expect(Object.fromEntries(parsed.flags)).toEqual({ input: '{"x":"=1"}', json: true, id: '7' })
    expect(() => parseArguments(['--id'], { id: 'value' })).toThrow('needs a value')
    expect(() => parseArguments(['--json=yes'], { json: 'switch' })).toThrow('takes no value')
  })

  it('CLI6 a problem is explained with what to do', () => {
    expect(explain(kernelProblems.tooManyTries({ minutes: 3 }))).toMatch(/in 3 minutes[\s\S]*3 分钟/)
    expect(explain(new Error('plain'))).toBe('plain')
  })
})
