import type { HandledCommand } from '../../kernel/command.ts'
import { accountCommands } from './commands-accounts.ts'
import { officerCommands } from './commands-officers.ts'
import { importCommands } from './commands-import.ts'
import { teamCommands } from './commands-teams.ts'
import { timeCommands } from './commands-time.ts'
import { unitCommands } from './commands-units.ts'

export const commands: HandledCommand[] = [
  ...unitCommands,
  ...officerCommands,
  ...timeCommands,
  ...teamCommands,
  ...importCommands,
  ...accountCommands,
]
