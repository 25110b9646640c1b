// The backup file. One header, then each table as compressed COPY text, then a footer:
//
//   FANGXIAN-BACKUP\n
//   block(header JSON)
//   per table, in the header's order: block(gzip bytes)… block(empty) block(JSON {rows, bytes, sha256})
//   block(JSON {sha256 of everything before}) END\n
//
// block(x) is the length of x in four bytes, most significant first, and x. A reader checks every digest before it
// believes anything, and needs little memory whatever the size.
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable, Transform, type TransformCallback, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { DatabaseRefused, errorCode } from './launcher-refused.ts'

export const formatVersion = 1
const magic = Buffer.from('FANGXIAN-BACKUP\n')
const endMark = Buffer.from('END\n')
const blockMost = 64 * 1024 * 1024

export interface BackupTable {
  schema: string
  name: string
  columns: string[]
  rows: number
}

export interface BackupHeader {
  format: number
  /** Of the installation's clock. */
  createdAt: string
  postgres: string
  migrations: { name: string; hash: string }[]
  tables: BackupTable[]
  /** Says whether a master key is the one of this backup, without giving anything of it away. */
  keyCheck: { nonce: string; value: string } | null
  /** Follow-ups that had not run yet. */
  followUps: { hook: string; agency: string; command: string }[]
}

export interface TableTrailer {
  rows: number
  /** Of the COPY text, before compression. */
  bytes: number
  sha256: string
}

export function damaged(where: string): DatabaseRefused {
  return new DatabaseRefused(
    `The backup file is damaged: ${where}. Nothing was changed. Use another copy of it.`,
    `备份文件已损坏(${where}),未做任何更改。请使用另一份备份。`,
  )
}

/** Counts, hashes and passes on COPY text. Every row ends with a line end; those inside values are escaped. */
export class CopyMeter extends Transform {
  rows = 0
  bytes = 0
  private readonly hash = createHash('sha256')
  private readonly onRows: ((rows: number) => void) | undefined

  constructor(onRows?: (rows: number) => void) {
    super()
    this.onRows = onRows
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.rows += 1
    this.bytes += chunk.length
    this.hash.update(chunk)
    this.onRows?.(this.rows)
    done(null, chunk)
  }

  trailer(): TableTrailer {
    return { rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }
}

/** Takes the meter's output where nobody else wants it. */
export const nowhere = () =>
  new Writable({
    write(_chunk, _encoding, done) {
      done()
    },
  })

// ------------------------------------------------------------------------------------------------------- writing

export class BackupWriter {
  bytes = 0
  private readonly file: FileHandle
  private readonly hash: Hash = createHash('sha256')

  private constructor(file: FileHandle) {
    this.file = file
  }

  /** Refuses to write over a file. Others on the machine may not read it: it holds the officers' names. */
  static async create(path: string, header: BackupHeader): Promise<BackupWriter> {
    const writer = new BackupWriter(await open(path, 'wx', 0o600))
    await writer.put(magic)
    await writer.block(Buffer.from(JSON.stringify(header)))
    return writer
  }

  private async put(bytes: Buffer): Promise<void> {
    this.hash.update(bytes)
    this.bytes += bytes.length
    await this.file.writeFile(bytes)
  }

  async block(bytes: Buffer): Promise<void> {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    await this.put(length)
    if (bytes.length > 0) await this.put(bytes)
  }

  /** Where the compressed bytes of one table go. */
  tableSink(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.block(chunk).then(() => done(), done)
      },
    })
  }

  async endTable(trailer: TableTrailer): Promise<void> {
    await this.block(Buffer.alloc(0))
    await this.block(Buffer.from(JSON.stringify(trailer)))
  }

  /** Ends the file and waits until it is on the disk. */
  async finish(): Promise<void> {
    await this.block(Buffer.from(JSON.stringify({ sha256: this.hash.copy().digest('hex') })))
    await this.put(endMark)
    await this.file.sync()
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}

// ------------------------------------------------------------------------------------------------------- reading

export class BackupReader {
  header!: BackupHeader
  private readonly file: FileHandle
  private readonly hash: Hash = createHash('sha256')

  private constructor(file: FileHandle) {
    this.file = file
  }

  static async open(path: string): Promise<BackupReader> {
    const file = await open(path, 'r').catch(error => {
      const why = errorCode(error)
      throw new DatabaseRefused(
        `The backup file cannot be read (${why}): ${path}`,
        `无法读取备份文件(${why}):${path}`,
        { cause: error },
      )
    })
    const reader = new BackupReader(file)
    try {
      await reader.readHeader(path)
      return reader
    } catch (error) {
      await file.close()
      throw error
    }
  }

  private async readHeader(path: string): Promise<void> {
    const start = await this.take(magic.length).catch(() => Buffer.alloc(0))
    if (!start.equals(magic)) {
      throw new DatabaseRefused(`This is not a backup of Fangxian: ${path}`, `这不是防线的备份文件:${path}`)
    }
    const header = this.json(await this.block(), 'header') as BackupHeader
    if (header.format !== formatVersion) {
      throw new DatabaseRefused(
        `The backup has format ${header.format}; this version reads format ${formatVersion}. Update Fangxian first.`,
        `备份格式为 ${header.format},本版本只能读取格式 ${formatVersion}。请先升级。`,
      )
    }
    if (!Array.isArray(header.tables) || !Array.isArray(header.migrations)) throw damaged('header')
    this.header = header
  }

  private json(bytes: Buffer, where: string): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'))
    } catch (error) {
      throw Object.assign(damaged(where), { cause: error })
    }
  }

  private async take(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.file.read(bytes, filled, length - filled)
      if (bytesRead === 0) throw damaged('it ends too early')
      filled += bytesRead
    }
    this.hash.update(bytes)
    return bytes
  }

  private async block(): Promise<Buffer> {
    const length = (await this.take(4)).readUInt32BE()
    if (length > blockMost) throw damaged('a length in it is impossible')
    return length === 0 ? Buffer.alloc(0) : this.take(length)
  }

  private async *tableBlocks(): AsyncGenerator<Buffer> {
    for (let bytes = await this.block(); bytes.length > 0; bytes = await this.block()) yield bytes
  }

  /** Pours the next table's COPY text into the sink, and checks it against its trailer. */
  async table(table: BackupTable, sink: Writable, onRows?: (rows: number) => void): Promise<TableTrailer> {
    const where = `table ${table.schema}.${table.name}`
    const meter = new CopyMeter(onRows)
    try {
      await pipeline(Readable.from(this.tableBlocks()), createGunzip(), meter, sink)
    } catch (error) {
      // What zlib says of a flipped bit helps nobody; an error of the database goes on as it is.
      if (error instanceof DatabaseRefused || !errorCode(error).startsWith('Z_')) throw error
      throw Object.assign(damaged(where), { cause: error })
    }
    const found = meter.trailer()
    const trailer = this.json(await this.block(), where) as TableTrailer
    const same =
      found.sha256 === trailer.sha256 && found.bytes === trailer.bytes && found.rows === trailer.rows
    if (!same || found.rows !== table.rows) throw damaged(where)
    return found
  }

  /** Checks the digest over everything and that nothing follows. */
  async end(): Promise<void> {
    const expected = this.hash.copy().digest('hex')
    const footer = this.json(await this.block(), 'footer') as { sha256?: string }
    if (footer.sha256 !== expected) throw damaged('its digest is another')
    if (!(await this.take(endMark.length)).equals(endMark)) throw damaged('its end')
    const { bytesRead } = await this.file.read(Buffer.alloc(1), 0, 1)
    if (bytesRead !== 0) throw damaged('something follows its end')
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}

export interface BackupCheck {
  header: BackupHeader
  /** `schema.name` → what its COPY text must be. */
  tables: Map<string, TableTrailer>
}

/** Reads a whole backup file and checks every digest in it. Throws DatabaseRefused where one is wrong. */
export async function checkBackup(
  path: string,
  onTable?: (table: BackupTable) => void,
): Promise<BackupCheck> {
  const reader = await BackupReader.open(path)
  try {
    const tables = new Map<string, TableTrailer>()
    for (const table of reader.header.tables) {
      tables.set(`${table.schema}.${table.name}`, await reader.table(table, nowhere()))
      onTable?.(table)
    }
    await reader.end()
    return { header: reader.header, tables }
  } finally {
    await reader.close()
  }
}
