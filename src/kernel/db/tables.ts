// Types of tables, generated from the catalogue per module. The comment on a table names its module first:
// 'people: a member of staff who can be assigned'. Nothing is generated at install; a test compares.
import type pg from 'pg'

const columnsQuery = `
  select split_part(coalesce(obj_description(c.oid), ''), ':', 1) as module, c.relname as table_name,
    substr(coalesce(obj_description(c.oid), ''), strpos(coalesce(obj_description(c.oid), ''), ':') + 2) as about,
    a.attname as column_name, format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull or (t.typtype = 'd' and t.typnotnull) as required, a.atthasdef as has_default
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
  where n.nspname in ('app', 'ref') and c.relkind in ('r', 'p') and not c.relispartition
  order by 1, c.relname, a.attnum`

interface ColumnRow {
  module: string
  table_name: string
  about: string
  column_name: string
  type: string
  required: boolean
  has_default: boolean
}

const scalars: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  'app.sealed_text': 'string',
  sealed_text: 'string',
  'character(1)': 'string',
  date: 'string',
  integer: 'number',
  bigint: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'string',
  tstzrange: 'string',
}

function typeOf({ type, table_name, column_name }: ColumnRow): string {
  // A jsonb column takes a JSON text and gives the parsed value.
  if (type === 'jsonb') return 'ColumnType<unknown, string, string>'
  if (type.endsWith('[]')) return `${scalarOf(type.slice(0, -2), table_name, column_name)}[]`
  return scalarOf(type, table_name, column_name)
}
function scalarOf(type: string, table: string, column: string): string {
  const found = scalars[type]
  if (!found) throw new Error(`${table}.${column} has type ${type}, which has no TypeScript type yet`)
  return found
}

function columnLine(row: ColumnRow): string {
  const base = typeOf(row)
  const nullable = row.required ? base : `${base} | null`
  if (!row.has_default) return `  ${row.column_name}: ${nullable}`
  return `  ${row.column_name}: Generated<${nullable}>`
}

const pascal = (name: string) => name.replace(/(^|_)([a-z])/g, (_all, _bar, letter: string) => letter.toUpperCase())

/** Module name → text of its `tables.ts`. */
export async function tableTypes(client: pg.Client | pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<ColumnRow>(columnsQuery)
  const modules = new Map<string, Map<string, ColumnRow[]>>()
  for (const row of rows) {
    if (!row.module) throw new Error(`table ${row.table_name} has no comment that names its module`)
    const tables = modules.get(row.module) ?? new Map<string, ColumnRow[]>()
    tables.set(row.table_name, [...(tables.get(row.table_name) ?? []), row])
    modules.set(row.module, tables)
  }
  const texts = new Map<string, string>()
  for (const [module, tables] of modules) texts.set(module, moduleText(module, tables))
  return texts
}

function moduleText(module: string, tables: Map<string, ColumnRow[]>): string {
  const bodies = [...tables].map(([table, columns]) => {
    const lines = columns.map(columnLine).join('\n')
    return `/** ${columns[0]?.about} */\nexport interface ${pascal(table)}Table {\n${lines}\n}\n`
  })
  const list = [...tables.keys()].map(table => `  ${table}: ${pascal(table)}Table`).join('\n')
  const text = `${bodies.join('\n')}\nexport interface ${pascal(module)}Tables {\n${list}\n}\n`
  const used = ['ColumnType', 'Generated'].filter(name => text.includes(`${name}<`))
  const header = '// Generated from the migrations by `npm run types`. Do not edit.\n'
  return header + (used.length > 0 ? `import type { ${used.join(', ')} } from 'kysely'\n\n` : '\n') + text
}
