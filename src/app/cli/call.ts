// `fangxian call NAME --input JSON`: one command through HTTP, as the person of the environment.
import { readFileSync } from 'node:fs'
import { commandsByName } from '../contracts.ts'
import { parseArguments, textFlag } from '../arguments.ts'
import { signedIn } from '../remote.ts'

/** JSON given in the argument, from a file (`@file`) or from standard input (`-`). */
export function jsonArgument(text: string | undefined): unknown {
  if (text === undefined) return {}
  const source =
    text === '-' ? readFileSync(0, 'utf8') : text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
  try {
    return JSON.parse(source)
  } catch (error) {
    throw new Error(`--input is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { input: 'value', id: 'value' })
  const name = parsed.words[0]
  const contract = name ? commandsByName().get(name) : undefined
  if (!contract) {
    throw new Error(
      `There is no command ${name ?? ''}. There are:\n  ${[...commandsByName().keys()].join('\n  ')}`,
    )
  }
  const client = await signedIn()
  const answer = await client.run(contract, jsonArgument(textFlag(parsed, 'input')), textFlag(parsed, 'id'))
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
  return 0
}
