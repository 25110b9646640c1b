// Endpoints that follow from the declarations: commands, queries, measures, files, uploads, tasks.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../command.ts'
import { keptOnPhone } from '../bulk/road.ts'
import { deviceIdOf } from '../devices/told.ts'
import { day, type Standing, type Verdict } from '../contract.ts'
import { uuidv7 } from '../ids.ts'
import { factBytesMost, isTooLarge, parseInput } from '../input.ts'
import { batchMost, type Kernel } from '../kernel.ts'
import { kernelProblems, problemOf } from '../problem.ts'
import { factRoutes } from './fact-routes.ts'
import type { Tasks } from '../tasks.ts'
import { dutyDayOf, spanOf } from '../time.ts'

function actorOf(request: FastifyRequest): Actor {
  if (!request.opened) throw kernelProblems.signedOut()
  return { ...request.opened.actor, deviceId: deviceIdOf(request.headers) }
}

const named = z.strictObject({ name: z.string().max(100) })
const nameOf = (request: FastifyRequest) => (parseInput(named, request.params) as { name: string }).name

export function capabilityRoutes(app: FastifyInstance, kernel: Kernel, tasks: Tasks): void {
  commandRoutes(app, kernel)
  factRoutes(app, kernel)
  queryRoutes(app, kernel)
  fileRoutes(app, kernel)
  taskRoutes(app, tasks)
}

const identified = z.looseObject({ id: z.uuid() })

/** What stands in for the verdict of a fact that is too large to be taken; undefined for everything else. */
function tooLarge(kernel: Kernel, entry: unknown): Verdict | undefined {
  const { name, version } = (entry ?? {}) as { name?: unknown; version?: unknown }
  const handled = kernel.registry.command(String(name), Number(version))
  if (handled?.contract.kind === 'request') return undefined
  if (!isTooLarge(entry)) return undefined
  // Without an id there is nothing to answer to: the kernel says what is wrong with the body.
  const known = identified.safeParse(entry)
  return known.success ? keptOnPhone(known.data.id) : undefined
}

/**
 * An outbox says whose entries it sends. Where another tab has signed somebody else in meanwhile, they are not his: to
 * the outbox it is as if its own officer were signed out.
 */
function needSameAccount(request: FastifyRequest, { accountId }: Actor): void {
  const given = request.headers['x-account-id']
  if (given !== undefined && given !== accountId) throw kernelProblems.signedOut()
}

/** Applies a batch. A fact that is too large stays with the phone and holds nothing up: the rest is applied. */
export async function applied(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  entries: unknown[],
) {
  const { headers } = request
  // A body that is no larger as a whole holds no fact that is; packed, it may.
  const fits = Number(headers['content-length']) <= factBytesMost && !headers['content-encoding']
  const large = fits
    ? []
    : entries.map(entry => (kernel.bulk.takes(entry) ? undefined : tooLarge(kernel, entry)))
  const actor = actorOf(request)
  needSameAccount(request, actor)
  const small = entries.filter((_, index) => !large[index])
  const taken = await (request.revoked ? kernel.quarantine(actor, small) : kernel.submitBatch(actor, small))
  const answers = taken.verdicts.values()
  const verdicts = entries.map((_, index) => large[index] ?? (answers.next().value as Verdict))
  if (nothingStored(verdicts)) {
    reply.status(503).header('retry-after', '2')
    return { verdicts }
  }
  kernel.contacts.acknowledge(actor, verdicts.filter(({ verdict }) => verdict !== 'retry').length)
  const standing = taken.standing ?? (await kernel.standing(actor))
  tell(reply, standing)
  return { verdicts, ...standing }
}

/** In headers too, because an array and a single command are answered without room for it. */
function tell(reply: FastifyReply, { restoreEpoch, headSeq }: Standing): void {
  reply.header('x-restore-epoch', restoreEpoch).header('x-head-seq', headSeq)
}

/** The server could not take any of it at this moment. Otherwise the verdicts speak for themselves. */
function nothingStored(verdicts: readonly Verdict[]): boolean {
  const retries = verdicts.filter(one => one.verdict === 'retry')
  return retries.length === verdicts.length && retries.some(({ problem }) => problem.status === 503)
}

function commandRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.post('/api/commands', async (request, reply) => {
    const body = request.body as { commands?: unknown } | unknown[]
    const entries = Array.isArray(body) ? body : (body as { commands?: unknown } | undefined)?.commands
    if (!Array.isArray(entries)) throw kernelProblems.badBody({ reason: 'an array of commands is expected' })
    if (entries.length > batchMost) throw kernelProblems.tooLarge({ limit: `${batchMost} commands` })
    const answer = await applied(kernel, request, reply, entries)
    return reply.send(Array.isArray(body) ? answer.verdicts : answer)
  })

  app.post('/api/commands/:name', async (request, reply) => {
    const handled = kernel.registry.newest(nameOf(request))
    if (!handled) throw kernelProblems.unknownCommand({ name: nameOf(request), version: 1 })
    const { name, version } = handled.contract
    const given = request.headers['x-command-id']
    const id = typeof given === 'string' ? given : uuidv7(kernel.now().getTime())
    const entry = { id, name, version, occurredAt: kernel.now().toISOString(), input: request.body ?? {} }
    const { verdicts } = await applied(kernel, request, reply, [entry])
    const [verdict] = verdicts
    if (!verdict) throw new Error('invariant: one verdict per command')
    if (verdict.verdict === 'done') return verdict
    if (verdict.verdict === 'held') return reply.status(202).send(verdict)
    // Thrown, so that it is answered like every other problem.
    throw problemOf(verdict.problem)
  })
}

/** `?input=` as JSON, or plain parameters that are read by the kinds the contract asks for. */
function queryInput(request: FastifyRequest, schema: z.ZodType): unknown {
  const given = request.query as Record<string, string>
  if (typeof given.input === 'string') {
    try {
      return JSON.parse(given.input)
    } catch (error) {
      throw kernelProblems.badBody({ reason: (error as Error).message.slice(0, 200) })
    }
  }
  const shape = (schema as unknown as { shape?: Record<string, z.ZodType> }).shape ?? {}
  return Object.fromEntries(Object.entries(given).map(([key, text]) => [key, plain(text, shape[key])]))
}

function plain(text: string, schema: z.ZodType | undefined): unknown {
  if (!schema || schema.safeParse(text).success) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    // Not JSON either: the contract will say what is wrong with the text.
    if (error instanceof SyntaxError) return text
    throw error
  }
}

const measureInput = z.strictObject({ from: day().optional(), until: day().optional() })

function queryRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/api/queries/:name', async (request, reply) => {
    const name = nameOf(request)
    const handled = kernel.registry.queries.get(name)
    if (!handled) throw kernelProblems.unknownQuery({ name })
    const answer = await kernel.askByName(actorOf(request), name, queryInput(request, handled.contract.input))
    return reply.header('cache-control', 'no-store').send(answer)
  })
  // The same with its input in the body: a number or plate in an address would stand in the logs of every proxy.
  app.post('/api/queries/:name', async (request, reply) => {
    const answer = await kernel.askByName(actorOf(request), nameOf(request), request.body)
    return reply.header('cache-control', 'no-store').send(answer)
  })

  app.get('/api/measures', async request => {
    const { roles } = actorOf(request)
    const rows = [...kernel.registry.measures.values()].filter(one =>
      one.roles.some(role => roles.includes(role)),
    )
    return {
      rows: rows.map(({ key, title, unit, records }) => ({ key, title, unit, records: records.query.name })),
    }
  })

  /** The span asked for; today's duty day where nothing is said. */
  const spanAsked = async (request: FastifyRequest) => {
    const input = parseInput(measureInput, request.query) as z.output<typeof measureInput>
    const agency = await kernel.agency(actorOf(request).scope.agencyId)
    const today = dutyDayOf(agency, kernel.now())
    const from = input.from ?? input.until ?? today
    const until = input.until ?? (from > today ? from : today)
    if (until < from) throw kernelProblems.badInput({ field: 'until', reason: `${until} < ${from}` })
    return spanOf(agency, from, until)
  }

  app.get('/api/measures/:name', async request => {
    const key = nameOf(request)
    const { from, until } = await spanAsked(request)
    const value = await kernel.measure(actorOf(request), key, from, until)
    return { key, value, unit: kernel.registry.measures.get(key)?.unit, from, until }
  })

  /** The records behind a figure: the query that lists them, with the input that narrows it to the span. */
  app.get('/api/measures/:name/records', async request => {
    const measure = kernel.registry.measures.get(nameOf(request))
    if (!measure) throw kernelProblems.unknownMeasure({ key: nameOf(request) })
    if (!measure.roles.some(role => actorOf(request).roles.includes(role))) {
      throw kernelProblems.noRight({ what: measure.title.zh })
    }
    const { query: contract } = measure.records
    const input = measure.records.input(await spanAsked(request))
    return {
      query: contract.name,
      input,
      answer: await kernel.askByName(actorOf(request), contract.name, input),
    }
  })
}

function fileRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/api/files/:name', async (request, reply) => {
    const name = nameOf(request)
    const maker = kernel.registry.files.get(name)
    if (!maker) throw kernelProblems.unknownQuery({ name })
    const actor = actorOf(request)
    if (!maker.roles.some(role => actor.roles.includes(role)))
      throw kernelProblems.noRight({ what: maker.title.zh })
    const input = parseInput(maker.input, queryInput(request, maker.input))
    const made = await maker.make(input as never, await kernel.reader(actor))
    const plainName = made.fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')
    return reply
      .header('content-type', made.contentType)
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(made.fileName)}`,
      )
      .send(made.bytes)
  })

  app.post('/api/uploads/:name', async request => {
    const name = nameOf(request)
    const one = kernel.registry.uploads.get(name)
    if (!one) throw kernelProblems.unknownQuery({ name })
    const actor = actorOf(request)
    if (!one.roles.some(role => actor.roles.includes(role)))
      throw kernelProblems.noRight({ what: one.title.zh })
    if (!request.isMultipart()) throw kernelProblems.badBody({ reason: 'multipart/form-data is expected' })
    const part = await request.file({ limits: { fileSize: one.bytesMost } })
    if (!part) throw kernelProblems.badBody({ reason: 'no file' })
    const bytes = await part.toBuffer()
    // Cut off in its last piece, a file comes without an error: it must not be read as if it were whole.
    if (part.file.truncated) throw kernelProblems.tooLarge({ limit: 'of this kind of file' })
    const field = part.fields.input
    const text = field && 'value' in field ? String(field.value) : '{}'
    let raw: unknown
    try {
      raw = JSON.parse(text)
    } catch (error) {
      throw kernelProblems.badBody({ reason: (error as Error).message.slice(0, 200) })
    }
    const input = parseInput(one.input, raw)
    return one.read(
      { fileName: part.filename.slice(0, 200), bytes },
      input as never,
      await kernel.reader(actor),
    )
  })
}

function taskRoutes(app: FastifyInstance, tasks: Tasks): void {
  app.post('/api/tasks/:name', async request => ({
    taskId: await tasks.start(actorOf(request), nameOf(request), request.body ?? {}),
  }))
  app.get('/api/tasks/:name', async request => tasks.view(actorOf(request), nameOf(request)))
  app.post('/api/tasks/:name/cancel', async request => {
    tasks.cancel(actorOf(request), nameOf(request))
    return {}
  })
}
