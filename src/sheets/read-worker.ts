import { parentPort, workerData } from 'node:worker_threads'
import { SheetProblem } from './problems.ts'
import type { WireJob, WireMessage } from './wire.ts'
import { sendWorkbook } from './workbook.ts'

// SheetJS warns on the console about number formats it only half knows; that is not for the server's log.
console.error = () => undefined
console.warn = () => undefined
console.log = () => undefined

const port = parentPort!
const send = (message: WireMessage) => port.postMessage(message)

try {
  sendWorkbook(workerData as WireJob, send)
} catch (error) {
  // Anything that is not one of our refusals comes from a parser that met bytes it did not expect.
  const problem =
    error instanceof SheetProblem
      ? error
      : new SheetProblem('sheets/damaged', { detail: String(error).slice(0, 120) })
  send({ type: 'problem', code: problem.code, details: problem.details, where: problem.where })
}
