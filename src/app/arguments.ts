// Words and flags of the command line: `--name value`, `--name=value`, `--name`.
export function arguments_(): string[] {
  return process.argv.slice(2)
}

export interface Parsed {
  words: string[]
  flags: Map<string, string | true>
}

/** `known` names each flag and whether it takes a value; anything else is refused by name. */
export function parseArguments(args: readonly string[], known: Record<string, 'value' | 'switch'>): Parsed {
  const words: string[] = []
  const flags = new Map<string, string | true>()
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const [name = '', inline] = arg.slice(2).split(/=(.*)/s)
    const kind = known[name]
    if (!kind)
      throw new Error(`There is no option --${name}. Known here: ${Object.keys(known).join(', ') || 'none'}.`)
    if (kind === 'switch') {
      // `--replace=no` would otherwise be taken for a yes.
      if (inline !== undefined) throw new Error(`--${name} takes no value.`)
      flags.set(name, true)
      continue
    }
    const value = inline ?? args[index + 1]
    if (value === undefined) throw new Error(`--${name} needs a value.`)
    if (inline === undefined) index += 1
    flags.set(name, value)
  }
  return { words, flags }
}

export function textFlag(parsed: Parsed, name: string): string | undefined {
  const value = parsed.flags.get(name)
  return typeof value === 'string' ? value : undefined
}
