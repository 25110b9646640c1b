// From the command to /readyz: on an empty folder, with the demonstration, and the second time.
import { join } from 'node:path'
import { launchDatabase } from '../../src/kernel/db/launcher.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { benchFolder, served } from './served.ts'

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const seconds = {
    alone: [] as number[],
    empty: [] as number[],
    full: [] as number[],
    again: [] as number[],
  }
  let holds = ''
  const rounds = quick ? 1 : 3
  for (let round = 1; round <= rounds; round += 1) {
    say(`start: round ${round} of ${rounds}`)
    const place = benchFolder()
    try {
      seconds.alone.push(await databaseAlone(join(place.folder, 'alone')))
      const empty = await served(join(place.folder, 'empty'), ['--empty'])
      await empty.stop()
      seconds.empty.push(empty.seconds)
      const data = join(place.folder, 'data')
      const full = await served(data)
      await full.stop()
      seconds.full.push(full.seconds)
      holds =
        /^demonstration 演练 {2}([^\u4e00-\u9fff]+)/m
          .exec(full.out)?.[1]
          ?.replace(/ {2}.*/, '')
          .trim() ?? ''
      const again = await served(data)
      await again.stop()
      seconds.again.push(again.seconds)
    } finally {
      place.remove()
    }
  }
  const alone = median(seconds.alone)
  const row = (name: string, list: readonly number[]): Row => ({
    name: `start: ${name}`,
    value: rounded(median(list)),
    unit: 's',
    ratio: rounded(median(list) / alone),
    peer: 'initdb and start alone',
  })
  return [
    { name: 'start: initdb and start alone', value: rounded(alone), unit: 's' },
    row('empty folder', seconds.empty),
    row(`demonstration (${holds})`, seconds.full),
    row('second time', seconds.again),
  ]
}

/** What PostgreSQL takes before anything of ours runs. */
async function databaseAlone(dataDir: string): Promise<number> {
  const begun = performance.now()
  const launched = await launchDatabase({ dataDir })
  const seconds = (performance.now() - begun) / 1000
  await launched.stop()
  return seconds
}
