// The city district's operation of autumn 2021, full size, invented in every detail that the published facts do not
// fix. Everything goes through commands; the people come in from an Excel sheet that the scenario writes.
import { readFileSync } from 'node:fs'
import type { Fact, Scenario } from '../scenario.ts'
import { days } from './ground.ts'
import { play } from './play.ts'

const published = JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8')) as {
  start: string
  title: { zh: string; en: string }
  facts: Fact[]
}

export const chengxi: Scenario = {
  name: 'chengxi',
  title: published.title,
  agency: { code: 'chengxi', name: '城西公安分局(演练)' },
  days,
  start: published.start,
  facts: published.facts,
  play,
}
