// The only place where the server sends something to an address that a user gave. So: https alone, to public
// addresses alone, looked at when the connection is made and not before it, without following where it is sent on
// to, within seconds, and without reading what comes back.
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  closed.addSubnet(net, bits, 'ipv4')
}
/** Of IPv6 only what is given out to the world is open, without the ways that lead back to IPv4. */
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
const closed6 = new BlockList()
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closed6.addSubnet(net, bits, 'ipv6')
}

export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !closed.check(address, 'ipv4')
  if (isIP(address) === 6) return open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6')
  return false
}

/** Names that lead inside by themselves. */
const insideName = /(^|\.)(localhost|local|internal|lan|home|intranet|corp|home\.arpa)$|^[^.]+$/i

class Closed extends Error {}

/** Every address that the name has must be public: of several, the client may take any. */
const publicLookup =
  (find: typeof lookup): LookupFunction =>
  (host, options, done) => {
    find(host, { all: true, family: options.family, hints: options.hints }, (error, found) => {
      if (error) return done(error, '', 4)
      const [first] = found
      if (!first || found.some(one => !isPublicAddress(one.address))) {
        return done(new Closed('not a public address'), '', 4)
      }
      if (options.all) return done(null, found as never, undefined as never)
      return done(null, first.address, first.family)
    })
  }

export interface PushDoorParts {
  /** Origins let through as they are, `http://127.0.0.1:4001`: for tests, never from the environment. */
  allow?: readonly string[]
  /** How long one request may take in all. */
  patienceMs?: number
  /** How names are looked up: the system's way, but in tests. */
  lookup?: typeof lookup
}

/** What became of a message: taken by the push service; never to be tried there again; or not now. */
export type Sent = 'taken' | 'gone' | 'failed'

export class PushDoor {
  private readonly allow: readonly string[]
  private readonly patienceMs: number
  private readonly find: LookupFunction
  constructor({ allow = [], patienceMs = 5_000, lookup: find = lookup }: PushDoorParts = {}) {
    this.allow = allow
    this.patienceMs = patienceMs
    this.find = publicLookup(find)
  }

  /** Whether an address may be kept at all; a name is looked up only when something is sent. */
  lets(endpoint: string): boolean {
    if (endpoint.length > 1_000 || !URL.canParse(endpoint)) return false
    const url = new URL(endpoint)
    if (url.username || url.password || url.hash) return false
    if (this.allow.includes(url.origin)) return true
    if (url.protocol !== 'https:' || url.port !== '') return false
    const host = url.hostname.replace(/^\[|\]$/g, '')
    return isIP(host) === 0 ? !insideName.test(host.replace(/\.$/, '')) : isPublicAddress(host)
  }

  send(endpoint: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Sent> {
    if (!this.lets(endpoint)) return Promise.resolve('gone')
    const url = new URL(endpoint)
    const trusted = this.allow.includes(url.origin)
    const ask = url.protocol === 'http:' ? httpRequest : httpsRequest
    return new Promise<Sent>(resolve => {
      const sending = ask(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        // A connection of its own: a kept one could have been opened for another name.
        agent: false,
        ...(trusted ? {} : { lookup: this.find }),
        signal: AbortSignal.timeout(this.patienceMs),
      })
      sending.on('response', response => {
        const { statusCode = 0 } = response
        // What comes back is not read: its size is the other side's to choose.
        response.destroy()
        resolve(statusOf(statusCode))
      })
      sending.on('error', error => resolve(error instanceof Closed ? 'gone' : 'failed'))
      sending.end(body)
    })
  }
}

/** 404 and 410: the browser withdrew. Being sent elsewhere is not followed and is a failure like any other. */
function statusOf(status: number): Sent {
  if (status >= 200 && status < 300) return 'taken'
  return status === 404 || status === 410 ? 'gone' : 'failed'
}
