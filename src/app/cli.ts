// `npx fangxian …`: every word is a file of its own, loaded only when called.
import { arguments_ } from './arguments.ts'

interface Word {
  usage: string
  about: string
  load(): Promise<{ run(args: string[]): Promise<number> }>
}

const words: Record<string, Word> = {
  start: {
    usage: 'start [--empty] [--no-pages]',
    about: 'run the server; on an empty data folder with the demonstration, or empty for real use',
    load: () => import('./cli/start.ts'),
  },
  build: { usage: 'build', about: 'build the web pages', load: () => import('./cli/build.ts') },
  call: {
    usage: 'call NAME --input JSON|@FILE [--id UUID]',
    about: 'do a command on the running server',
    load: () => import('./cli/call.ts'),
  },
  ask: {
    usage: 'ask NAME [--input JSON]',
    about: 'ask a query of the running server',
    load: () => import('./cli/ask.ts'),
  },
  measure: {
    usage: 'measure [KEY] [--from DAY] [--until DAY]',
    about: 'a figure, or the list of figures',
    load: () => import('./cli/measure.ts'),
  },
  replay: {
    usage: 'replay SCENARIO [--json]',
    about: 'run a published operation through real commands in a temporary database and compare its figures',
    load: () => import('./cli/replay.ts'),
  },
  roster: {
    usage: 'roster solve FILE [--seconds S] [--workers N] [--seed K] [--out SOLUTION] [--bound] [--json]',
    about:
      'the roster engine on an instance in the public text format; `roster check FILE SOLUTION` judges a roster',
    load: () => import('./cli/roster.ts'),
  },
  backup: {
    usage: 'backup FILE [--json]',
    about: 'a consistent copy of the whole database, also while it runs',
    load: () => import('./cli/backup.ts'),
  },
  restore: {
    usage: 'restore FILE [--replace] [--accept-other-key] [--json]',
    about: 'bring a backup back, with the server stopped',
    load: () => import('./cli/restore.ts'),
  },
  verify: {
    usage: 'verify [--json]',
    about: 'prove that the fold of all changes gives the state of today',
    load: () => import('./cli/verify.ts'),
  },
  'reset-code': {
    usage: 'reset-code BADGE [--agency CODE]',
    about: 'a one-time code for an account, for the last administrator',
    load: () => import('./cli/reset-code.ts'),
  },
}

function help(): string {
  const width = Math.max(...Object.values(words).map(word => word.usage.length))
  const lines = Object.values(words).map(word => `  fangxian ${word.usage.padEnd(width)}  ${word.about}`)
  return `Fangxian 防线\n\n${lines.join('\n')}\n\nThe CLI signs in with FANGXIAN_BADGE, FANGXIAN_PASSWORD and FANGXIAN_AGENCY at FANGXIAN_URL.\n`
}

const [name, ...rest] = arguments_()
const word = name ? words[name] : undefined
if (!word) {
  const asked = name === undefined || name === 'help' || name === '--help'
  ;(asked ? process.stdout : process.stderr).write(
    asked ? help() : `There is no command ${name}.\n\n${help()}`,
  )
  process.exit(asked ? 0 : 2)
}
try {
  process.exitCode = await (await word.load()).run(rest)
} catch (error) {
  const { explain } = await import('./explain.ts')
  process.stderr.write(`${explain(error)}\n`)
  if (process.env.FANGXIAN_DEBUG) process.stderr.write(`${(error as Error).stack ?? ''}\n`)
  process.exitCode = (error as Error).name === 'Interrupted' ? 130 : 1
}
