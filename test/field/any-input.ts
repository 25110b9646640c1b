// An input that a contract may take, drawn by lot from its own schema. Ids are drawn from those that are given.
import { z } from 'zod'
import { picked } from './sizes.ts'

interface Schema {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

export interface Lot {
  draw(): number
  /** Ids that may be asked for in a field of that name. */
  ids(field: string): readonly string[]
  /** Days and instants lie around it. */
  nowMs: number
}

const schemas = new WeakMap<z.ZodType, Schema>()

export function anyInput(input: z.ZodType, lot: Lot): unknown {
  const known =
    schemas.get(input) ?? (z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema)
  schemas.set(input, known)
  return valueOf(known, lot)
}

function valueOf(schema: Schema, lot: Lot, field = ''): unknown {
  const { draw } = lot
  const several = schema.anyOf ?? schema.oneOf
  if (several) return valueOf(picked(draw, several), lot, field)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return picked(draw, schema.enum)
  switch (schema.type) {
    case 'string':
      return textOf(schema, lot, field)
    case 'integer':
    case 'number': {
      const least = Math.max(schema.minimum ?? 0, -20)
      return Math.min(schema.maximum ?? least + 20, least + Math.floor(draw() * 20))
    }
    case 'boolean':
      return draw() < 0.5
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + Math.floor(draw() * 3) }, () =>
        valueOf(schema.items ?? {}, lot, field),
      )
    case 'object': {
      const { properties = {}, required = [] } = schema
      const given = Object.entries(properties).filter(([name]) => required.includes(name) || draw() < 0.4)
      return Object.fromEntries(given.map(([name, one]) => [name, valueOf(one, lot, name)]))
    }
    default:
      return null
  }
}

function textOf(
  { format, pattern, allOf = [], minLength = 0, maxLength = 20 }: Schema,
  { draw, ids, nowMs }: Lot,
  field: string,
): string {
  const patterns = [pattern, ...allOf.map(one => one.pattern)].join(' ')
  if (patterns.includes('[0-9a-fA-F]{8}-')) return picked(draw, ids(field))
  const at = new Date(nowMs + (Math.floor(draw() * 9) - 5) * 86_400_000).toISOString()
  if (format === 'date-time') return at
  if (patterns.includes('-02-29')) return at.slice(0, 10)
  return '示例'.repeat(20).slice(0, Math.min(maxLength, Math.max(minLength, Math.floor(draw() * 6))))
}
