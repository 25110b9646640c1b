// OpenAPI 3.1, made of the contracts: nothing here is written twice.
import { z } from 'zod'
import { sessionAnswer, standing } from '../contract.ts'
import type { Registry } from '../module.ts'

type Json = Record<string, unknown>

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json
  delete made.$schema
  return made
}
const json = (schema: Json) => ({ content: { 'application/json': { schema } } })
const problemRef = { $ref: '#/components/schemas/Problem' }
const failures = {
  '401': { description: 'Signed out', ...json(problemRef) },
  '403': { description: 'No right', ...json(problemRef) },
  '422': { description: 'Input not right', ...json(problemRef) },
}

const text = { type: 'string' }
const standingSchema = schemaOf(standing, 'output')
const standingHeaders = {
  'x-restore-epoch': { schema: { type: 'integer' } },
  'x-head-seq': { schema: { type: 'integer' } },
}
const post = (summary: string, properties: Json, required: string[], done: string): Json => ({
  post: {
    summary,
    requestBody: json({ type: 'object', required, additionalProperties: false, properties }),
    responses: { '200': { description: done }, ...failures },
  },
})
const get = (summary: string, done: string): Json => ({
  get: { summary, responses: { '200': { description: done }, ...failures } },
})

const accountPaths: Json = {
  '/api/sign-in/reset': post(
    'Set a new password with a one-time code',
    { badge: text, code: text, password: text, agency: text },
    ['badge', 'code', 'password'],
    'Set; every session of the account has ended',
  ),
  '/api/session': {
    get: {
      summary: 'Who is signed in, and where the books stand',
      responses: {
        '200': { description: 'The session', ...json(schemaOf(sessionAnswer, 'output')) },
        ...failures,
      },
    },
  },
  '/api/device-key': post(
    'What opens the store of a phone for the length of this session',
    {
      device: { type: 'string', description: 'Random, made by the phone; 22 to 44 characters of base64url' },
    },
    ['device'],
    '`half`, which opens it together with the PIN, `recovery`, which opens it without, and `until`',
  ),
  '/api/sessions': get('Open sessions of this account', 'The list'),
  '/api/password': post(
    'Change the password; every other session ends',
    { old: text, password: text },
    ['old', 'password'],
    'Changed',
  ),
  '/api/sign-out': post(
    'End this session, a named one, or all, and what is pushed to the devices that leave',
    {
      sessionId: { type: 'string', format: 'uuid' },
      everywhere: { type: 'boolean' },
      endpoint: { type: 'string', description: 'Where this browser is pushed to' },
    },
    [],
    'How many ended',
  ),
}

const taskPath = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const taskPaths: Json = {
  '/api/tasks/{id}': {
    get: {
      summary: 'Progress and result of a task that this user started',
      parameters: [taskPath],
      responses: { '200': { description: 'The task' }, ...failures },
    },
  },
  '/api/tasks/{id}/cancel': {
    post: {
      summary: 'Ask a task to stop',
      parameters: [taskPath],
      responses: { '200': { description: 'Asked' }, ...failures },
    },
  },
}

const fixed: Json = {
  '/healthz': { get: { summary: 'The process answers', responses: { '200': { description: 'It does' } } } },
  '/readyz': {
    get: {
      summary: 'Ready to serve',
      responses: { '200': { description: 'Ready' }, '503': { description: 'Not yet' } },
    },
  },
  '/api/sign-in': {
    get: { summary: 'Agencies to choose from', responses: { '200': { description: 'The list' } } },
    post: {
      summary: 'Sign in; sets the session cookie',
      requestBody: json({
        type: 'object',
        required: ['badge', 'password'],
        additionalProperties: false,
        properties: { badge: { type: 'string' }, password: { type: 'string' }, agency: { type: 'string' } },
      }),
      responses: {
        '200': { description: 'Signed in', ...json(schemaOf(sessionAnswer, 'output')) },
        ...failures,
      },
    },
  },
  '/api/commands': {
    post: {
      summary: 'A batch of commands; one verdict per id, in order',
      requestBody: json({
        oneOf: [
          { type: 'array', items: { $ref: '#/components/schemas/CommandEntry' } },
          {
            type: 'object',
            required: ['commands'],
            properties: { commands: { type: 'array', items: { $ref: '#/components/schemas/CommandEntry' } } },
          },
        ],
      }),
      responses: {
        '200': {
          description:
            'Verdicts: an array for an array, for an object {verdicts} with where the books stand. A fact over 64 kB gets `retry` with kernel/fact-too-large; the rest is applied.',
          headers: standingHeaders,
          ...json({
            oneOf: [
              { type: 'array', items: { $ref: '#/components/schemas/Verdict' } },
              { $ref: '#/components/schemas/BatchAnswer' },
            ],
          }),
        },
        '413': { description: 'Over 8 MB or 500 commands', ...json(problemRef) },
        '503': {
          description: 'Nothing was stored: the verdicts alone; send again after Retry-After',
        },
        ...failures,
      },
    },
  },
  '/api/measures': {
    get: { summary: 'The measures', responses: { '200': { description: 'List' }, ...failures } },
  },
  '/api/measures/{key}': {
    get: {
      summary: 'A figure over a span of duty days',
      parameters: [
        { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'from', in: 'query', schema: { type: 'string', format: 'date' } },
        { name: 'until', in: 'query', schema: { type: 'string', format: 'date' } },
      ],
      responses: {
        '200': {
          description: 'The figure',
          ...json({
            type: 'object',
            required: ['key', 'value', 'unit'],
            properties: { key: { type: 'string' }, value: { type: 'number' }, unit: { type: 'string' } },
          }),
        },
        ...failures,
      },
    },
  },
  '/api/measures/{key}/records': {
    get: {
      summary: 'The records behind a figure',
      parameters: [
        { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'from', in: 'query', schema: { type: 'string', format: 'date' } },
        { name: 'until', in: 'query', schema: { type: 'string', format: 'date' } },
      ],
      responses: {
        '200': { description: 'The query that lists them, its input and its answer' },
        ...failures,
      },
    },
  },
  ...accountPaths,
  ...taskPaths,
  '/api/live': {
    get: {
      summary: 'Server-sent events: `hello` first, `change` after every batch',
      description:
        'The data of `hello` is a Standing; it comes again when the database was out of reach. The data of `change` is {seq, names}: the last number and the names of the commands done; number 0 means that something may have been missed.',
      responses: {
        '200': { description: 'Stream', content: { 'text/event-stream': { schema: text } } },
        ...failures,
      },
    },
  },
}

const both = { type: 'object', properties: { zh: { type: 'string' }, en: { type: 'string' } } }
const components = {
  schemas: {
    Problem: {
      type: 'object',
      required: ['code', 'status', 'message', 'do', 'params'],
      properties: {
        code: { type: 'string' },
        status: { type: 'integer' },
        message: both,
        do: both,
        params: { type: 'object' },
      },
    },
    CommandEntry: {
      type: 'object',
      required: ['id', 'name', 'version', 'occurredAt', 'input'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', format: 'uuid' },
        name: { type: 'string' },
        version: { type: 'integer' },
        occurredAt: { type: 'string', format: 'date-time' },
        input: { type: 'object' },
      },
    },
    Verdict: {
      type: 'object',
      required: ['id', 'verdict'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        verdict: { enum: ['done', 'refused', 'held', 'retry'] },
        seq: { type: 'integer' },
        answer: {},
        reviewId: { type: 'string' },
        problem: problemRef,
      },
    },
    Standing: standingSchema,
    BatchAnswer: {
      type: 'object',
      required: ['verdicts', ...Object.keys(standing.shape)],
      additionalProperties: false,
      properties: {
        verdicts: { type: 'array', items: { $ref: '#/components/schemas/Verdict' } },
        ...(standingSchema.properties as Json),
      },
    },
  },
  securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'fangxian' } },
}

export function openApi(registry: Registry, version: string): Json {
  const paths: Record<string, unknown> = { ...fixed }
  for (const { contract } of registry.commands.values()) {
    paths[`/api/commands/${contract.name}`] = {
      post: {
        operationId: contract.name,
        summary: contract.title.en,
        description: `${contract.title.zh} · ${contract.kind} · version ${contract.version} · ${contract.roles.join(', ')}`,
        parameters: [{ name: 'x-command-id', in: 'header', schema: { type: 'string', format: 'uuid' } }],
        requestBody: json(schemaOf(contract.input, 'input')),
        responses: {
          '200': {
            description: 'Done',
            headers: standingHeaders,
            ...json({
              type: 'object',
              required: ['id', 'verdict', 'seq', 'answer'],
              properties: {
                id: { type: 'string', format: 'uuid' },
                verdict: { const: 'done' },
                seq: { type: 'integer' },
                answer: schemaOf(contract.output, 'output'),
              },
            }),
          },
          ...(contract.kind === 'fact' ? { '202': { description: 'Held for review' } } : {}),
          ...failures,
        },
      },
    }
  }
  for (const { contract } of registry.queries.values()) {
    const told = {
      operationId: contract.name,
      summary: contract.title.en,
      description: `${contract.title.zh} · ${contract.roles.join(', ')}`,
    }
    const schema = schemaOf(contract.input, 'input')
    const responses = {
      '200': { description: 'Answer', ...json(schemaOf(contract.output, 'output')) },
      ...failures,
    }
    const parameters = [{ name: 'input', in: 'query', content: { 'application/json': { schema } } }]
    paths[`/api/queries/${contract.name}`] = {
      get: { ...told, parameters, responses },
      // What is asked with a purpose may name somebody, and addresses stand in the logs of every proxy.
      ...(contract.opens
        ? { post: { ...told, operationId: `${contract.name}.post`, requestBody: json(schema), responses } }
        : {}),
    }
  }
  Object.assign(paths, filePaths(registry))
  return {
    openapi: '3.1.0',
    info: { title: 'Fangxian 防线', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ session: [] }],
    paths,
    components,
  }
}

interface Described {
  name: string
  title: { zh: string; en: string }
  roles: readonly string[]
  input: z.ZodType
}
const about = ({ name, title, roles }: Described) => ({
  operationId: name,
  summary: title.en,
  description: `${title.zh} · ${roles.join(', ')}`,
})

/** Files made, files brought and long work. */
function filePaths(registry: Registry): Json {
  const paths: Json = {}
  for (const file of registry.files.values()) {
    const schema = schemaOf(file.input, 'input')
    paths[`/api/files/${file.name}`] = {
      get: {
        ...about(file),
        parameters: [{ name: 'input', in: 'query', content: { 'application/json': { schema } } }],
        responses: { '200': { description: 'The file' }, ...failures },
      },
    }
  }
  for (const upload of registry.uploads.values()) {
    const file = { type: 'string', contentMediaType: 'application/octet-stream' }
    const properties = { input: schemaOf(upload.input, 'input'), file }
    const schema = { type: 'object', required: ['file'], properties }
    paths[`/api/uploads/${upload.name}`] = {
      post: {
        ...about(upload),
        requestBody: { content: { 'multipart/form-data': { schema } } },
        responses: { '200': { description: 'What was found in it' }, ...failures },
      },
    }
  }
  for (const task of registry.tasks.values()) {
    const started = { type: 'object', required: ['taskId'], properties: { taskId: { type: 'string' } } }
    paths[`/api/tasks/${task.name}`] = {
      post: {
        ...about(task),
        requestBody: json(schemaOf(task.input, 'input')),
        responses: { '200': { description: 'Started', ...json(started) }, ...failures },
      },
    }
  }
  return paths
}
