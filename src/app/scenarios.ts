import { chengxi } from '../../scenarios/chengxi/index.ts'
import type { Scenario } from '../../scenarios/scenario.ts'

export const scenarios: ReadonlyMap<string, Scenario> = new Map([[chengxi.name, chengxi]])
