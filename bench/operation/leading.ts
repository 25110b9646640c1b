// The situation and the wall of one played operation, which takes a minute to make.
import type { BenchOptions, Row } from '../bench.ts'
import { benchDatabase } from '../frame/database.ts'
import { leadingBureau } from './leading-bureau.ts'
import { rows as situation } from './situation.ts'
import { rows as wall } from './wall.ts'

export async function rows(options: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    options.say('situation: playing chengxi to its last day')
    const bureau = await leadingBureau(database, options.say)
    try {
      return [...(await situation(options, bureau)), ...(await wall(options, bureau))]
    } finally {
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}
