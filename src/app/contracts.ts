// Contracts by name, for the CLI.
import type { CommandContract, QueryContract } from '../kernel/contract.ts'
import { registry } from './registry.ts'

export function commandsByName(): Map<string, CommandContract> {
  const known = registry()
  return new Map([...known.commands.values()].map(({ contract }) => [contract.name, contract]))
}
export function queriesByName(): Map<string, QueryContract> {
  return new Map([...registry().queries.values()].map(({ contract }) => [contract.name, contract]))
}
