// Brings lists of officers as the page does, and holds that what is answered adds up.
import { parseInput } from '../../kernel/input.ts'
import type { Person, World } from '../../kernel/world.ts'
import type { Preview } from './import-shapes.ts'
import { people } from './index.ts'

export function importing(w: World, admin: Person) {
  const upload = async (
    name: string,
    fileName: string,
    bytes: Buffer,
    input: object = {},
    who: Person = admin,
  ) => {
    const one = people.uploads?.find(each => each.name === name)
    if (!one) throw new Error(`no upload ${name}`)
    return one.read(
      { fileName, bytes },
      parseInput(one.input, input) as never,
      await w.kernel.reader(who.actor),
    )
  }
  const look = async (fileName: string, bytes: Buffer, input: object = {}, who: Person = admin) => {
    const preview = (await upload('people.readSheet', fileName, bytes, input, who)) as Preview
    const { read, accepted, refused, duplicate, added, updated } = preview.counts
    const whole = read === accepted + refused + duplicate && accepted === added + updated
    if (!whole || preview.accepted.length !== accepted || preview.refused.length !== refused) {
      throw new Error(`${fileName} does not add up: ${JSON.stringify(preview.counts)}`)
    }
    return preview
  }
  const withIds = (rows: Preview['accepted']) =>
    rows.map(({ value }) => ({ ...value, officerId: value.officerId ?? w.newId() }))
  return { upload, look, withIds }
}
