import { answerCommands } from './commands-answers.ts'
import { difficultyCommands } from './commands-difficulties.ts'
import { directiveCommands } from './commands-directives.ts'
import { enclosureCommands } from './commands-enclosures.ts'
import { logCommands } from './commands-log.ts'
import { meetingCommands } from './meeting-commands.ts'
import { recallAnswers } from './recall-answers.ts'
import { recallCommands } from './recall-commands.ts'
import { visitCommands } from './visit-commands.ts'

export const commands = [
  ...logCommands,
  ...enclosureCommands,
  ...difficultyCommands,
  ...directiveCommands,
  ...answerCommands,
  ...recallCommands,
  ...recallAnswers,
  ...visitCommands,
  ...meetingCommands,
]
