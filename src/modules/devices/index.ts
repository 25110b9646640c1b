import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { devicesProblems } from './contracts.ts'
import { files } from './files.ts'
import { queries } from './queries.ts'
import { watches } from './watches.ts'

export const devices: Module = {
  name: 'devices',
  title: { zh: '设备', en: 'Devices' },
  commands,
  queries,
  watches,
  files,
  problems: [devicesProblems],
  constraints: { device_revocation_pkey: () => devicesProblems.alreadyRevoked() },
}
