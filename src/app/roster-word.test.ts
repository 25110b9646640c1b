import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fangxian-roster-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'instance.txt')
const solution = join(folder, 'solution.txt')
writeFileSync(
  file,
  `SECTION_HORIZON
4
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=4|L=4,1920,480,4,1,1,1
B,E=4|L=0,1920,480,4,1,1,1
SECTION_SHIFT_ON_REQUESTS
A,2,E,7
SECTION_COVER
0,E,1,100,1
1,L,1,100,1
2,L,1,100,1
3,E,1,100,1
`,
)

function roster(...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>(resolve => {
    execFile(process.execPath, [script, 'roster', ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

describe('fangxian roster', () => {
  it('RST214 solves a file with two searches, says what the validator says, and checks what it wrote', async () => {
    const args = ['--seconds', '0.5', '--workers', '2', '--seed', '3', '--out', solution]
    const solved = await roster('solve', file, ...args, '--json')
    expect([solved.code, JSON.parse(solved.out)]).toMatchObject([
      0,
      // A is needed at L on day 2 and gets no E; the request of 7 is not met.
      { cost: 7, violations: 0, seed: 3, bound: null },
    ])
    expect(
      readFileSync(solution, 'utf8')
        .split('\n')
        .map(line => line.split('\t').length),
    ).toEqual([4, 4, 1])
    const checked = await roster('check', file, solution)
    expect([checked.code, checked.out]).toEqual([
      0,
      'cost 7 (too few 0, too many 0, requests 7)\n0 hard rules broken\n',
    ])
    writeFileSync(solution, '\tL\tE\t\nL\t\t\tE\n')
    const broken = await roster('check', file, solution)
    expect(broken.code).toBe(1)
    expect(broken.out).toMatch(/2 hard rules broken\n {2}A day 2: RST27 E after L\n {2}B day 0: RST14 L/)
  })

  it('RST222 says what no roster can undercut, when asked', async () => {
    const args = ['solve', file, '--seconds', '2', '--workers', '1', '--bound']
    const [told, json] = [await roster(...args), await roster(...args, '--json')]
    expect([told.code, told.out]).toEqual([
      0,
      'cost 7 (too few 0, too many 0, requests 7)\nno roster costs less than 7: this one is a best one\n0 hard rules broken\n',
    ])
    expect(JSON.parse(json.out)).toMatchObject({ cost: 7, bound: 7 })
  })

  it('RST214 refuses what it cannot read, with file, line and reason', async () => {
    const says = async (...args: string[]) => {
      const { code, err } = await roster(...args)
      expect(code).toBe(1)
      return err
    }
    expect(await says('solve')).toContain('fangxian roster solve FILE')
    expect(await says('guess', file)).toContain('fangxian roster solve FILE')
    expect(await says('solve', join(folder, 'nothing.txt'))).toMatch(/nothing\.txt/)
    expect(await says('solve', file, '--seconds', 'many')).toContain('--seconds is a number')
    expect(await says('solve', file, '--workers', '0')).toContain('--workers is a number')
    expect(await says('check', file, file)).toMatch(/instance\.txt: 15 lines for 2 people/)
    const empty = join(folder, 'empty.txt')
    writeFileSync(empty, '')
    expect(await says('solve', empty)).toContain(`${empty}: SECTION_HORIZON is missing`)
  })
})
