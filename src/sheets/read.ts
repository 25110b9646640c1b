import { Worker } from 'node:worker_threads'
import type { Sheet, Workbook } from './cells.ts'
import { SheetProblem } from './problems.ts'
import { decodeCell, type WireJob, type WireMessage } from './wire.ts'
import { checkDeclaredSizes, isZip } from './zip.ts'

export interface ReadOptions {
  /** Rows with content in all sheets together. */
  maxRows?: number
  /** Cells in all sheets together; gaps inside a row count, trailing ones do not. */
  maxCells?: number
  /** Heap of the worker; unpacked bytes (at most 160 MB, in two copies) come on top. */
  memoryMb?: number
  seconds?: number
  maxFileMb?: number
  /** The person's answer to `sheets/unknown-encoding`. */
  encoding?: string
}

export const readLimits = {
  maxRows: 1_000_000,
  maxCells: 2_000_000,
  memoryMb: 768,
  seconds: 30,
  maxFileMb: 20,
} as const

/** Two at once, because each may take `memoryMb`; the others wait in line. */
const workersMax = 2
let running = 0
const waiting: (() => void)[] = []

async function takeTurn(): Promise<() => void> {
  if (running >= workersMax) await new Promise<void>(resolve => waiting.push(resolve))
  else running += 1
  return () => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/**
 * Reads .xlsx, .xlsm, .xls, .xlsb, .ods or text. The parser runs in a worker with a memory cap and a
 * time limit. The result is complete or there is a SheetProblem: nothing is ever cut.
 */
export async function readSheets(
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<Workbook> {
  const limits = { ...readLimits, ...options }
  if (bytes.length === 0) throw new SheetProblem('sheets/empty-file', {}, { file: fileName })
  const megabytes = bytes.length / 1024 / 1024
  if (megabytes > limits.maxFileMb)
    throw new SheetProblem('sheets/too-large', { size: Math.ceil(megabytes), limit: limits.maxFileMb })
  if (isZip(bytes)) checkDeclaredSizes(bytes)
  const release = await takeTurn()
  try {
    return await readInWorker(bytes, fileName, limits)
  } finally {
    release()
  }
}

/** Started from source the worker is .ts, from a build it is .js beside us. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js',
  import.meta.url,
)

type Limits = Required<Omit<ReadOptions, 'encoding'>> & { encoding?: string }

async function readInWorker(bytes: Uint8Array, fileName: string, limits: Limits): Promise<Workbook> {
  // A copy, so that the buffer can move to the worker while the caller keeps the original.
  // (Not slice: on a Buffer that is a view of a shared pool.)
  const copy = new Uint8Array(bytes)
  const job: WireJob = {
    bytes: copy,
    fileName,
    maxRows: limits.maxRows,
    maxCells: limits.maxCells,
    ...(limits.encoding === undefined ? {} : { encoding: limits.encoding }),
  }
  const worker = new Worker(workerUrl, {
    workerData: job,
    transferList: [copy.buffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Workbook>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new SheetProblem('sheets/too-slow', { limit: limits.seconds })),
        limits.seconds * 1000,
      )
      const assembly = new Assembly()
      worker.on('message', (message: WireMessage) => {
        try {
          const finished = assembly.take(message)
          if (finished) resolve(finished)
        } catch (error) {
          reject(error)
        }
      })
      worker.on('error', (error: NodeJS.ErrnoException) => reject(workerFailure(error, limits)))
      worker.on('exit', () => reject(new SheetProblem('sheets/damaged', { detail: 'worker' })))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** What the file does wrong the worker reports itself; any other failure to run is ours and stays as it is. */
function workerFailure(error: NodeJS.ErrnoException, limits: Limits): Error {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new SheetProblem('sheets/out-of-memory', { limit: limits.memoryMb })
  return error
}

class Assembly {
  private readonly sheets: Sheet[] = []

  take(message: WireMessage): Workbook | undefined {
    if (message.type === 'problem') throw new SheetProblem(message.code, message.details, message.where)
    if (message.type === 'sheet') {
      const { name, hidden, merges } = message
      this.sheets.push({ name, hidden, rowOffset: 0, rows: [], rowNumbers: [], merges })
      return undefined
    }
    if (message.type === 'rows') {
      const sheet = this.sheets[this.sheets.length - 1]!
      if (sheet.rows.length === 0) sheet.rowOffset = message.numbers[0]! - 1
      for (const row of message.rows) sheet.rows.push(row.map(decodeCell))
      for (const rowNumber of message.numbers) sheet.rowNumbers.push(rowNumber)
      return undefined
    }
    const { type: _type, ...rest } = message
    return { ...rest, sheets: this.sheets }
  }
}
