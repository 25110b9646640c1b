// `npm test`: types, lint and every test, with one closing line that is counted from what really ran.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
/** Hundreds of short processes and workers load the same code; compiled once, they begin sooner. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') }
const bin = (name: string) => join(root, 'node_modules/.bin', name)

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
    // Ctrl-C goes to the whole group; what was started ends with us.
    process.once('SIGTERM', () => child.kill('SIGTERM'))
  })
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
}

const chosen = process.argv.slice(2)
let passed = 0
let failed = 0
const check = async (name: string, command: string, args: string[]) => {
  const code = await run(command, args)
  if (code === 0) passed += 1
  else failed += 1
  process.stdout.write(`${code === 0 ? 'ok' : 'NOT OK'} ${name}\n`)
}

if (chosen.length === 0) {
  await check('web builds', process.execPath, [join(root, 'src/app/cli.js'), 'build'])
  await check('types', bin('tsc'), ['-p', 'tsconfig.json'])
  await check('lint', bin('oxlint'), ['--quiet', 'src', 'scenarios', 'bench', 'test'])
}
const folder = mkdtempSync(join(tmpdir(), 'fangxian-report-'))
try {
  const report = join(folder, 'report.json')
  const code = await run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...chosen,
  ])
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Report
  passed += counts.numPassedTests
  failed += counts.numFailedTests
  // A file that could not be loaded has no failed test of its own, and yet something failed.
  if (code !== 0 && counts.numFailedTests === 0) failed += Math.max(1, counts.numFailedTestSuites)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
