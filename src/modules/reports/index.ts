// Figures, the situation, and later the rules that need several modules. Everything here is read from the modules
// below; nothing is stored.
import type { Module } from '../../kernel/module.ts'
import { files } from './files.ts'
import { reportsProblems } from './contracts.ts'
import { queries } from './queries.ts'

export const reports: Module = {
  name: 'reports',
  title: { zh: '战报', en: 'Reports' },
  commands: [],
  queries,
  files,
  problems: [reportsProblems],
}
