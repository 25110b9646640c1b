import { z } from 'zod'
import { command, everyone, id, place, query } from '../../kernel/contract.ts'
import { name, unitKind } from './contracts-words.ts'

const keepers = ['administrator', 'commander', 'system'] as const

const unitFields = {
  unitId: id(),
  name: name(80),
  shortName: name(20),
  kind: unitKind,
  /** Order by protocol, not by pinyin: 局领导 first. */
  sort: z.int().min(0).max(1_000_000).default(0),
  /** Whether its people may be sent to posts of other units. */
  lendable: z.boolean().default(true),
  place: place().nullable().default(null),
}

export const addUnit = command({
  name: 'people.addUnit',
  title: { zh: '新增单位', en: 'Add a unit' },
  roles: keepers,
  input: z.strictObject({ ...unitFields, parentId: id().nullable().default(null) }),
})

export const changeUnit = command({
  name: 'people.changeUnit',
  title: { zh: '修改单位', en: 'Change a unit' },
  roles: keepers,
  input: z.strictObject({ ...unitFields, active: z.boolean().default(true) }),
})

export const moveUnit = command({
  name: 'people.moveUnit',
  title: { zh: '调整单位隶属', en: 'Move a unit' },
  roles: keepers,
  input: z.strictObject({ unitId: id(), parentId: id().nullable() }),
})

const counts = z.strictObject({
  police: z.int(),
  auxiliary: z.int(),
  civilian: z.int(),
  attached: z.int(),
})

export const units = query({
  name: 'people.units',
  title: { zh: '单位树', en: 'Units' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    withClosed: z.boolean().default(false),
    /** In the full or the short name; units keep their depth in the tree. */
    search: z.string().max(100).optional(),
  }),
  output: z.strictObject({
    /** In tree order: a unit, then everything below it. */
    rows: z.array(
      z.strictObject({
        unitId: z.string(),
        parentId: z.string().nullable(),
        name: z.string(),
        shortName: z.string(),
        kind: unitKind,
        sort: z.int(),
        lendable: z.boolean(),
        place: place().nullable(),
        active: z.boolean(),
        depth: z.int(),
        /** Officers of the unit itself, and with everything below it. */
        own: counts,
        all: counts,
      }),
    ),
  }),
})
