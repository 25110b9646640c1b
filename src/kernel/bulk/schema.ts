// One compiled check of a whole entry, made of the contract's own schema. What it does not let pass is looked at again
// by the contract itself, which says what is wrong; so it may be stricter than the contract, and never laxer.
import { Ajv } from 'ajv'
import { z } from 'zod'
import type { CommandContract, CommandEntry } from '../contract.ts'
import { markedPaths } from '../input.ts'

export type EntryCheck = (entry: unknown) => entry is CommandEntry

// Lengths in UTF-16 units, as the contracts count them.
const ajv = new Ajv({ strict: false, validateFormats: false, unicode: false, logger: false } as object)

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

const jsonSchema = (schema: z.ZodType) => {
  const { $schema: _draft, ...made } = z.toJSONSchema(schema, { io: 'input' })
  return made
}

export function entryCheck({ name, version, input }: CommandContract): EntryCheck {
  // A field to be sealed or scanned would go past both on this road.
  if (markedPaths(input).length > 0) throw new Error(`invariant: ${name} is bulk and has marked fields`)
  return ajv.compile({
    type: 'object',
    properties: {
      id: { type: 'string', pattern: uuid },
      name: { const: name },
      version: { const: version },
      occurredAt: jsonSchema(z.iso.datetime({ offset: true })),
      input: jsonSchema(input),
    },
    required: ['id', 'name', 'version', 'occurredAt', 'input'],
    additionalProperties: false,
  }) as unknown as EntryCheck
}
