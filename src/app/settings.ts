// What the environment says about serving. An empty value counts as none: `PORT= npm start` asks for nothing.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { type Tiles, tilesPath } from '../kernel/http/tiles.ts'
import type { PushParts } from '../kernel/push/push.ts'
import { refused } from './refused.ts'

export interface ServeSettings {
  port: number
  host: string
  tls: { cert: string; key: string } | undefined
  trustProxy: boolean
  tiles: Tiles | undefined
  /** Undefined where nothing is to be sent out. */
  push: PushParts | undefined
}

function pushOf(wish: string, contact: string): PushParts | undefined {
  if (wish !== 'on' && wish !== 'off') {
    throw refused(
      `FANGXIAN_PUSH=${wish} is neither on nor off.`,
      `FANGXIAN_PUSH=${wish} 无效,请填 on 或 off。`,
    )
  }
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(contact)) {
    throw refused(
      `FANGXIAN_PUSH_CONTACT=${contact} is neither a mailto: nor an https: address.`,
      `FANGXIAN_PUSH_CONTACT=${contact} 无效,请填 mailto: 或 https: 地址。`,
    )
  }
  return wish === 'on' ? { contact } : undefined
}

export function serveSettings(environment: NodeJS.ProcessEnv = process.env): ServeSettings {
  return {
    port: portOf(environment.PORT || '8080'),
    host: environment.HOST || '127.0.0.1',
    tls: tlsOf(environment.FANGXIAN_TLS_CERT, environment.FANGXIAN_TLS_KEY),
    trustProxy: environment.FANGXIAN_TRUST_PROXY === '1',
    tiles: tilesOf(environment),
    push: pushOf(
      environment.FANGXIAN_PUSH || 'on',
      environment.FANGXIAN_PUSH_CONTACT || 'mailto:push@fangxian.invalid',
    ),
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) {
    throw refused(
      `PORT=${text} is not a port. Give a number from 1 to 65535, or 0 for any free one.`,
      `PORT=${text} 不是有效端口。请填 1 至 65535,或填 0 自动选择。`,
    )
  }
  return port
}

function tlsOf(certFile: string | undefined, keyFile: string | undefined): ServeSettings['tls'] {
  if (!certFile && !keyFile) return undefined
  if (!certFile || !keyFile) {
    throw refused(
      'FANGXIAN_TLS_CERT and FANGXIAN_TLS_KEY go together; one of them is missing.',
      'FANGXIAN_TLS_CERT 与 FANGXIAN_TLS_KEY 须同时设置，现缺少其一。',
    )
  }
  const tls = {
    cert: fileOf('FANGXIAN_TLS_CERT', certFile),
    key: fileOf('FANGXIAN_TLS_KEY', keyFile),
  }
  try {
    createSecureContext(tls)
  } catch (error) {
    throw refused(
      `The certificate ${certFile} and the key ${keyFile} cannot be used: ${(error as Error).message}. Both must be PEM, the key without a password, and belong together.`,
      `证书 ${certFile} 与私钥 ${keyFile} 无法使用。两者须为 PEM 格式、私钥不加口令,且相互匹配。`,
      error,
    )
  }
  return tls
}

function fileOf(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw refused(
      `${setting} cannot be read: ${(error as Error).message}`,
      `${setting} 指定的文件无法读取:${path}`,
      error,
    )
  }
}

function tilesOf(environment: NodeJS.ProcessEnv): Tiles | undefined {
  const given = environment.FANGXIAN_TILES
  if (!given) return undefined
  const datum = environment.FANGXIAN_TILES_DATUM || 'wgs84'
  if (datum !== 'wgs84' && datum !== 'gcj02') {
    throw refused(
      `FANGXIAN_TILES_DATUM=${datum} is not known. It is wgs84 or gcj02.`,
      `FANGXIAN_TILES_DATUM=${datum} 无法识别。请填 wgs84 或 gcj02。`,
    )
  }
  const credit = environment.FANGXIAN_TILES_CREDIT ?? ''
  if (/^https?:\/\//.test(given)) return { answer: { kind: 'raster', url: serviceOf(given), datum, credit } }
  return { answer: { kind: 'pmtiles', url: tilesPath, datum, credit }, file: archiveOf(given) }
}

function serviceOf(address: string): string {
  if (URL.canParse(address) && ['{z}', '{x}', '{y}'].every(part => address.includes(part))) return address
  throw refused(
    `FANGXIAN_TILES=${address} is no tile service: its address carries {z}, {x} and {y}.`,
    `FANGXIAN_TILES=${address} 不是瓦片服务地址，地址中须有 {z}、{x}、{y}。`,
  )
}

/** The file itself, once it was seen to be what it should be: a page that finds out later can only show no ground. */
function archiveOf(path: string): string {
  const head = Buffer.alloc(8)
  try {
    const file = openSync(path, 'r')
    readSync(file, head, 0, 8, 0)
    closeSync(file)
  } catch (error) {
    throw refused(
      `FANGXIAN_TILES cannot be read: ${(error as Error).message}`,
      `FANGXIAN_TILES 指定的文件无法读取:${path}`,
      error,
    )
  }
  if (head.toString('latin1', 0, 7) !== 'PMTiles' || head[7] !== 3) {
    throw refused(
      `FANGXIAN_TILES=${path} is no PMTiles archive of version 3.`,
      `FANGXIAN_TILES=${path} 不是第 3 版 PMTiles 文件。`,
    )
  }
  return resolve(path)
}

/** Asked before the database is started: to find out after half a minute would be late. */
export async function refuseTakenPort({ host, port }: Pick<ServeSettings, 'host' | 'port'>): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port }, resolve)
    })
  } catch (error) {
    throw cannotListen(error, host, port)
  }
  await new Promise(resolve => probe.close(resolve))
}

export function cannotListen(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return refused(
      `Port ${port} of ${host} is in use by another program. End that, or set PORT to another (PORT=0 takes any free one).`,
      `${host} 的 ${port} 端口已被其他程序占用。请先结束该程序,或用 PORT 另选端口(PORT=0 自动选择)。`,
      error,
    )
  }
  if (code === 'EACCES') {
    return refused(
      `Port ${port} may not be opened by this user (ports below 1024 belong to root). Set PORT to a higher one.`,
      `当前用户无权使用 ${port} 端口(1024 以下须 root)。请用 PORT 选择更大的端口。`,
      error,
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return refused(
      `HOST=${host} is no address of this computer. Use 127.0.0.1 for this computer alone, 0.0.0.0 for the network.`,
      `HOST=${host} 不是本机地址。仅本机使用填 127.0.0.1,供网络访问填 0.0.0.0。`,
      error,
    )
  }
  return error
}

/** The address that a person on this machine types in. */
export function addressOf({ host, tls }: Pick<ServeSettings, 'host' | 'tls'>, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const shown = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${shown}:${port}`
}
