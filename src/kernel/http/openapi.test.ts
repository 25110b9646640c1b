import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { sessionAnswer } from '../contract.ts'
import { Registry } from '../module.ts'
import { trial } from '../trial.ts'
import { httpWorld } from './http-world.ts'

const modules = [access, trial, books([access, trial])]
const w = await httpWorld(modules)
const { body: described } = await w.nobody().get('/api/openapi.json')

function* inside(value: unknown): Generator<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const inner of Object.values(value)) yield* inside(inner)
}

describe('the description of the API', () => {
  it('HTT60 is OpenAPI 3.1 for everybody to read', () => {
    expect(described.openapi).toBe('3.1.0')
    expect(described.info.license).toEqual({ name: 'Apache-2.0', identifier: 'Apache-2.0' })
  })

  it('HTT61 every reference leads somewhere', () => {
    let looked = 0
    for (const { $ref } of inside(described)) {
      if (typeof $ref !== 'string') continue
      const target = $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], described)
      expect(target, $ref).toBeTypeOf('object')
      looked += 1
    }
    console.log(`${looked} references looked at`)
    expect(looked).toBeGreaterThan(50)
  })

  it('HTT62 every contract has its path, with input, answer and both titles', () => {
    const registry = new Registry(modules)
    const expected: [string, string][] = [
      ...[...registry.commands.values()].map(({ contract }): [string, string] => [
        `commands/${contract.name}`,
        'post',
      ]),
      ...[...registry.queries.keys()].map((name): [string, string] => [`queries/${name}`, 'get']),
      ...[...registry.files.keys()].map((name): [string, string] => [`files/${name}`, 'get']),
      ...[...registry.uploads.keys()].map((name): [string, string] => [`uploads/${name}`, 'post']),
      ...[...registry.tasks.keys()].map((name): [string, string] => [`tasks/${name}`, 'post']),
    ]
    for (const [path, method] of expected) {
      const found = described.paths[`/api/${path}`]?.[method]
      expect(found?.summary, path).toMatch(/\w/)
      expect(found.description).toMatch(/[一-龥]/)
      expect(Object.keys(found.responses)).toEqual(expect.arrayContaining(['200', '401', '403', '422']))
    }
    expect(expected.length).toBeGreaterThan(20)
    const ids = [...inside(described.paths)].map(one => one.operationId).filter(Boolean)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('HTT63 every path parameter is declared, every operation answers', () => {
    for (const [path, methods] of Object.entries<Record<string, Record<string, unknown>>>(described.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const declared = ((operation.parameters ?? []) as { name: string; in: string }[])
          .filter(one => one.in === 'path')
          .map(one => one.name)
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
        expect(declared, `${method} ${path}`).toEqual(named)
        expect(Object.keys(operation.responses as object).length, `${method} ${path}`).toBeGreaterThan(0)
      }
    }
  })

  it('HTT64 an answer is as it is described', async () => {
    await w.account('990102', '郑例二', ['dutyOfficer'])
    const caller = await w.caller('990102')
    const { body } = await caller.post('/api/commands/trial.lead', { subjects: ['a'] })
    const schema =
      described.paths['/api/commands/trial.lead'].post.responses['200'].content['application/json'].schema
    expect(Object.keys(body).toSorted()).toEqual([...schema.required].toSorted())
    expect(Object.keys(body.answer)).toEqual(Object.keys(schema.properties.answer.properties))
    const batch = await caller.post('/api/commands', { commands: [] })
    expect(Object.keys(batch.body)).toEqual(Object.keys(described.components.schemas.BatchAnswer.properties))
    const session = await caller.get('/api/session')
    const { content } = described.paths['/api/session'].get.responses['200']
    expect(Object.keys(session.body)).toEqual(Object.keys(content['application/json'].schema.properties))
    expect(sessionAnswer.parse(session.body)).toEqual(session.body)
  })
})
