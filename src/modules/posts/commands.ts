import { commands as demand } from './demand-commands.ts'
import { commands as patterns } from './pattern-commands.ts'
import { commands as posts } from './post-commands.ts'
import { commands as rounds } from './round-commands.ts'
import { commands as zones } from './zone-commands.ts'

export const commands = [...zones, ...posts, ...rounds, ...patterns, ...demand]
