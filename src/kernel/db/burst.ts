// Several statements under one Sync. The driver's own pipelining ends every statement with a Sync of its own, and
// PostgreSQL then answers each in a packet of its own: five system calls there and five wake-ups here for one
// command. Inside a transaction nothing is lost by one Sync for all: after an error the rest would be refused anyway.
import { createRequire } from 'node:module'
import pg from 'pg'

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as {
  prepareValue(value: unknown): unknown
}

/**
 * Turned into text before the driver begins its message: after a value that throws half-way the driver closes the
 * statement on the server and still believes it prepared. A write is turned when it is buffered, not when it is
 * sent: a failure on this side of the wire would not stop a commit that is on its way.
 */
export function sendable(values: readonly unknown[]): unknown[] {
  return values.map(value => (value !== null && typeof value === 'object' ? prepareValue(value) : value))
}

export interface Outcome {
  rows: unknown[]
  rowCount: number | null
}

export interface Step {
  /** A name under which the statement stays prepared; absent for one that is not worth it. */
  name: string | undefined
  text: string
  values: unknown[]
  done(outcome: Outcome): void
  failed(error: unknown): void
}

// What the driver has inside and its types do not name. The version is pinned by the lock file.
interface Wire {
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
  parse(message: { name: string | undefined; text: string }): void
  bind(message: {
    statement: string | undefined
    values: unknown[]
    valueMapper(value: unknown): unknown
  }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: object): void
  sync(): void
}
interface DriverResult extends Outcome {
  _types: unknown
  addFields(fields: unknown): void
  parseRow(fields: unknown): unknown
  addRow(row: unknown): void
  addCommandComplete(message: unknown): void
}
const DriverQuery = pg.Query as unknown as new (
  text: string,
) => {
  name: string | undefined
  text: string
  values: unknown[] | undefined
  callback: unknown
  _result: DriverResult
}
const DriverResult = (pg as unknown as { Result: new (mode: undefined, types: unknown) => DriverResult })
  .Result

/** The driver asks its active query for name and text when a Parse is answered: they are those of the step at hand. */
export class Burst extends DriverQuery {
  private readonly steps: readonly Step[]
  private readonly outcomes: DriverResult[] = []
  private readonly parsing = new Set<string>()
  private at = 0
  private result: DriverResult
  private unreadable: unknown

  constructor(steps: readonly Step[]) {
    super(steps[0]?.text ?? '')
    this.steps = steps
    this.name = steps[0]?.name
    this.result = this._result
    // The driver makes a promise of its own for a query without one.
    this.callback = () => undefined
  }

  submit(wire: Wire): null {
    for (const { name, text, values } of this.steps) {
      const known = name !== undefined && (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name])
      if (!known) {
        wire.parse({ name, text })
        if (name !== undefined) {
          wire.submittedNamedStatements[name] = text
          this.parsing.add(name)
        }
      }
      wire.bind({ statement: name, values, valueMapper: prepareValue })
      wire.describe({ type: 'P', name: '' })
      wire.execute({})
    }
    wire.sync()
    return null
  }

  handleRowDescription(message: { fields: unknown }): void {
    this.result.addFields(message.fields)
  }

  handleDataRow(message: { fields: unknown }): void {
    try {
      this.result.addRow(this.result.parseRow(message.fields))
    } catch (error) {
      this.unreadable ??= error
    }
  }

  handleCommandComplete(message: unknown): void {
    this.result.addCommandComplete(message)
    this.next()
  }
  handleEmptyQuery(): void {
    this.next()
  }

  private next(): void {
    if (this.name !== undefined) this.parsing.delete(this.name)
    this.outcomes.push(this.result)
    this.at += 1
    const step = this.steps[this.at]
    if (!step) return
    this.name = step.name
    this.text = step.text
    this.result = new DriverResult(undefined, this._result._types)
  }

  /** What came before the failure is done, what comes behind it was passed over: both are told the reason. */
  handleError(error: unknown, wire: Wire): void {
    // Statements that the server never got to parse must be sent again next time.
    for (const name of this.parsing) delete wire.submittedNamedStatements[name]
    for (const [index, step] of this.steps.entries()) {
      const outcome = this.outcomes[index]
      if (outcome && this.unreadable === undefined) step.done(outcome)
      else step.failed(this.unreadable ?? error)
    }
  }

  handleReadyForQuery(wire: Wire): void {
    if (this.unreadable !== undefined) {
      this.handleError(this.unreadable, wire)
      return
    }
    for (const [index, step] of this.steps.entries()) {
      const outcome = this.outcomes[index]
      if (outcome) step.done(outcome)
      else step.failed(new Error('invariant: every statement of a burst is answered'))
    }
  }
}
