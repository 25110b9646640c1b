// `fangxian ask NAME --input JSON`: one query through HTTP.
import { parseArguments, textFlag } from '../arguments.ts'
import { queriesByName } from '../contracts.ts'
import { signedIn } from '../remote.ts'
import { jsonArgument } from './call.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { input: 'value' })
  const name = parsed.words[0]
  const contract = name ? queriesByName().get(name) : undefined
  if (!contract) {
    throw new Error(
      `There is no query ${name ?? ''}. There are:\n  ${[...queriesByName().keys()].join('\n  ')}`,
    )
  }
  const client = await signedIn()
  const answer = await client.ask(contract, jsonArgument(textFlag(parsed, 'input')))
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
  return 0
}
