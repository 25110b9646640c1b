import type { Module } from '../../kernel/module.ts'
import { encountersProblems } from './contracts-problems.ts'
import { notedEncounter } from './encounter-store.ts'

export const encounters: Module = {
  name: 'encounters',
  title: { zh: '查验', en: 'Encounters' },
  commands: [notedEncounter],
  queries: [],
  problems: [encountersProblems],
}
