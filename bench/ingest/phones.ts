// The phones, in a thread of their own: bodies are made before the clock runs, so that making them is not measured.
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { entryAt } from './entries.ts'

export interface PhonesOrder {
  base: string
  cookie: string
  postIds: string[]
}
export interface PhonesTurn {
  phones: number
  /** Requests of each phone, and entries of each request. */
  requests: number
  batch: number
  /** Between two requests of a phone; 0 goes on at once. */
  pauseMs: number
}
export interface PhonesTold {
  done: number
  /** How often the server asked to come again. */
  again: number
  /** From the first request to the last answer. */
  ms: number
  p50: number
  p99: number
}

const { base, cookie, postIds } = workerData as PhonesOrder
const { hostname, port } = new URL(base)
let made = 0

function bodies({ requests, batch }: PhonesTurn): Buffer[] {
  return Array.from({ length: requests }, () => {
    const facts = Array.from({ length: batch }, () => entryAt(postIds[made % postIds.length] ?? '', made++))
    return Buffer.from(JSON.stringify({ facts }))
  })
}

function send(agent: Agent, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'content-type': 'application/json', 'content-length': body.length }
    const sent = request({ hostname, port, agent, path: '/api/facts', method: 'POST', headers }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('latin1')
        const done = text.split('"verdict":"done"').length - 1
        if (response.statusCode === 503) resolve(-1)
        else if (response.statusCode === 200) resolve(done)
        else reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function run(turn: PhonesTurn): Promise<PhonesTold> {
  const each = Array.from({ length: turn.phones }, () => bodies(turn))
  const agent = new Agent({ keepAlive: true, maxSockets: turn.phones })
  const times: number[] = []
  let [done, again] = [0, 0]
  const begun = performance.now()
  await Promise.all(
    each.map(async (own, phone) => {
      if (turn.pauseMs > 0) await pause((turn.pauseMs * phone) / turn.phones)
      for (const body of own) {
        const from = performance.now()
        let taken = await send(agent, body)
        for (; taken < 0; taken = await send(agent, body)) {
          again += 1
          await pause(500 + 1_500 * Math.random())
        }
        times.push(performance.now() - from)
        if (taken !== turn.batch) throw new Error(`${taken} of ${turn.batch} were done`)
        done += taken
        if (turn.pauseMs > 0) await pause(turn.pauseMs)
      }
    }),
  )
  const ms = performance.now() - begun
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN
  return { done, again, ms, p50: at(0.5), p99: at(0.99) }
}

parentPort?.on('message', (turn: PhonesTurn) => {
  run(turn).then(
    told => parentPort?.postMessage(told),
    (error: Error) => parentPort?.postMessage({ error: error.message }),
  )
})
