// The words against the tables themselves, so that a column added tomorrow is not shown by its key.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allFields } from './all-fields.ts'

const schema = readFileSync(new URL('../../../migrations/schema.sql', import.meta.url), 'utf8')

/** The columns of a table of app, as the committed schema has them. */
function columnsOf(table: string): string[] {
  const body =
    schema.match(new RegExp(`create table app\\.${table} \\(\\n([\\s\\S]*?)\\n\\)`, 'i'))?.[1] ?? ''
  return body
    .split('\n')
    .map(line => line.trim().split(' ')[0] ?? '')
    .filter(word => /^[a-z_]+$/.test(word) && !/^(constraint|primary|foreign|unique|check)$/.test(word))
}

const han = /\p{Script=Han}/u

/** Told like tables, but made of a draft. */
const made = ['draft_cell']
const tables = Object.values(allFields).flatMap(one => Object.entries(one))

describe('words for what stands in the books', () => {
  it('HIS10 every column that a history can show has its word in both languages', () => {
    let looked = 0
    for (const [name, { zh, en, fields, hidden = [] }] of tables) {
      expect([han.test(zh), han.test(en)], name).toEqual([true, false])
      if (made.includes(name)) continue
      const columns = columnsOf(name).filter(column => column !== 'agency_id')
      expect(columns.length, name).toBeGreaterThan(1)
      expect(
        columns.filter(column => !(column in fields) && !hidden.includes(column)),
        `${name}: columns without a word in its module's field-words.ts`,
      ).toEqual([])
      expect(
        [...Object.keys(fields), ...hidden].filter(one => !columns.includes(one)),
        `${name}: words without a column`,
      ).toEqual([])
      looked += columns.length
    }
    console.log(`${looked} columns of ${tables.length} tables have words`)
    expect(looked).toBeGreaterThan(100)
  })
})
