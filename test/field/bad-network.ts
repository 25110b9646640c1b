// A network before the real server that loses, and servers that are none: planted, so that the checks are seen to fail.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from './ground.ts'

export interface BadNetwork {
  base: string
  /** Connections that were cut before the request reached the server, and before its answer reached the phone. */
  cut: { requests: number; answers: number }
  close(): Promise<void>
}

export interface Weather {
  /** Whether this request never arrives. */
  request?(): boolean
  /** Whether this answer never arrives; the server has committed by then. */
  answer?(): boolean | Promise<boolean>
  /** Planted: what the server is given in place of what was sent, or what is answered without asking it. */
  liar?: Liar
}

interface Liar {
  /** The body that is passed on; `answered` is sent back without asking the server. */
  sent(body: string): { onward: string } | { answered: string }
  /** What is passed back. */
  back(body: string): string
}

async function bodyOf(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/** Passes on to `target` what the weather lets through. */
export async function badNetwork(target: string, weather: Weather): Promise<BadNetwork> {
  const cut = { requests: 0, answers: 0 }
  const lose = (incoming: IncomingMessage, what: keyof typeof cut) => {
    cut[what] += 1
    incoming.socket.destroy()
  }
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const posts = incoming.method === 'POST'
    if (posts && weather.request?.()) return lose(incoming, 'requests')
    const liar = posts ? weather.liar : undefined
    const sent = await bodyOf(incoming)
    const given = liar?.sent(sent) ?? { onward: sent }
    if ('answered' in given) {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(given.answered)
      return
    }
    const { 'content-length': _length, 'transfer-encoding': _chunked, ...headers } = incoming.headers
    const body = Buffer.from(given.onward)
    // A lie is told in clear.
    const asked = liar ? { ...headers, 'accept-encoding': 'identity' } : headers
    const answer = await onward(target + (incoming.url ?? ''), incoming.method, asked, body)
    if (posts && (await weather.answer?.())) {
      answer.resume()
      return lose(incoming, 'answers')
    }
    if (liar) {
      const { 'content-length': _own, ...more } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, more).end(liar.back(await bodyOf(answer)))
      return
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('error', () => incoming.socket.destroy())
    answer.pipe(outgoing)
  }
  const server: Server = createServer((incoming, outgoing) => {
    // The server behind it is gone, or went away in the middle: so is the connection.
    pass(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function onward(
  url: string,
  method: string | undefined,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body.length > 0 ? { 'content-length': body.length } : {}
    const sent = request(url, { method, headers: { ...headers, ...length } }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
}

interface Posted {
  facts?: { id: string }[]
  commands?: { id: string }[]
}
const entriesOf = (body: string): { id: string }[] => {
  const { facts, commands } = JSON.parse(body) as Posted
  return facts ?? commands ?? []
}

/** Says done of every third request and tells nobody. */
export function acknowledgesItself(): Liar {
  let n = 0
  return {
    sent: body => {
      n += 1
      if (n % 3 !== 0) return { onward: body }
      const verdicts = entriesOf(body).map(({ id }) => ({ id, verdict: 'done', seq: 1, answer: {} }))
      return { answered: JSON.stringify({ verdicts, restoreEpoch: 0, headSeq: 1 }) }
    },
    back: body => body,
  }
}

/** Takes an id that it has seen for a new one: what is sent again is stored again. */
export function ignoresIds(): Liar {
  const seen = new Set<string>()
  const renamed = new Map<string, string>()
  return {
    sent: body => {
      let onward = body
      for (const { id } of entriesOf(body)) {
        if (seen.has(id)) {
          const other = newId()
          renamed.set(other, id)
          onward = onward.replaceAll(id, other)
        }
        seen.add(id)
      }
      return { onward }
    },
    back: body => {
      let told = body
      for (const [other, id] of renamed) told = told.replaceAll(other, id)
      return told
    },
  }
}

/** Turns every fifth entry away without the server ever hearing of it. */
export function refusesInSilence(): Liar {
  let n = 0
  return {
    sent: body => {
      n += 1
      if (n % 5 !== 0) return { onward: body }
      const problem = { code: 'planted', status: 422, params: {}, message: {}, do: {} }
      const verdicts = entriesOf(body).map(({ id }) => ({ id, verdict: 'refused', seq: 1, problem }))
      return { answered: JSON.stringify({ verdicts, restoreEpoch: 0, headSeq: 1 }) }
    },
    back: body => body,
  }
}
