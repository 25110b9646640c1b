import { giveCommands } from './handover-give.ts'
import { leaderHandoverCommands } from './handover-leader.ts'
import { signCommands } from './handover-sign.ts'
import { leaderCommands } from './commands-leader.ts'
import { loopCommands } from './loop-commands.ts'
import { postCommands } from './commands-post.ts'
import { replaceCommands } from './commands-replace.ts'
import { teamPostCommands } from './team-commands.ts'
import { correctingCommands } from './commands-right.ts'

export const commands = [
  ...postCommands,
  ...leaderCommands,
  ...replaceCommands,
  ...correctingCommands,
  ...giveCommands,
  ...signCommands,
  ...leaderHandoverCommands,
  ...teamPostCommands,
  ...loopCommands,
]
