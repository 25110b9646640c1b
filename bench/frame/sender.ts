// The clients of the HTTP figure, in a thread of their own: they share the machine with the server, not its loop.
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { uuidv7 } from '../../src/kernel/ids.ts'

export interface SenderOrder {
  base: string
  cookie: string
  items: string[]
  atOnce: number
  batch: number
}
export interface SenderTurn {
  path: string
  ms: number
}
const { base, cookie, items, atOnce, batch } = workerData as SenderOrder
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
let turn = 0

/** Each lane has items of its own: without the agency's order two batches would otherwise lock each other out. */
function entries(lane: number): object[] {
  const occurredAt = new Date().toISOString()
  const pick = () => items[(turn++ * atOnce + lane) % items.length]
  return Array.from({ length: batch }, () => ({
    id: uuidv7(Date.now()),
    name: 'bench.move',
    version: 1,
    occurredAt,
    input: { movementId: uuidv7(Date.now()), itemId: pick(), quantity: 3, text: '口罩 N95 领用' },
  }))
}

function post(path: string, lane: number): Promise<void> {
  const body = JSON.stringify(entries(lane))
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        agent,
        path,
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', part => {
          text += part
        })
        response.on('end', () => {
          const verdicts = JSON.parse(text) as { verdict: string }[]
          const right = response.statusCode === 200 && verdicts.every(one => one.verdict === 'done')
          if (right) resolve()
          else reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends for so many milliseconds; answers with how many commands were done in how long. */
async function run({ path, ms }: SenderTurn): Promise<{ done: number; ms: number }> {
  let done = 0
  const begun = performance.now()
  const lane = async (_: unknown, number: number) => {
    while (performance.now() - begun < ms) {
      await post(path, number)
      done += batch
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return { done, ms: performance.now() - begun }
}

parentPort?.on('message', (turn: SenderTurn) => {
  run(turn).then(
    result => parentPort?.postMessage(result),
    (error: Error) => parentPort?.postMessage({ error: error.message }),
  )
})
