// Every module's words for the columns of its tables.
import { accessFields } from '../../modules/access/pages/field-words.ts'
import { attendanceFields } from '../../modules/attendance/pages/field-words.ts'
import { commandpostFields } from '../../modules/commandpost/pages/field-words.ts'
import { devicesFields } from '../../modules/devices/pages/field-words.ts'
import { operationsFields } from '../../modules/operations/pages/field-words.ts'
import { peopleFields } from '../../modules/people/pages/field-words.ts'
import { postsFields } from '../../modules/posts/pages/field-words.ts'
import { rosterFields } from '../../modules/roster/pages/field-words.ts'
import { subjectsFields } from '../../modules/subjects/pages/field-words.ts'
import { screeningFields } from '../../modules/screening/pages/field-words.ts'
import type { FieldWords } from '../../ui/index.ts'

export const allFields: FieldWords = {
  access: accessFields,
  attendance: attendanceFields,
  commandpost: commandpostFields,
  devices: devicesFields,
  operations: operationsFields,
  people: peopleFields,
  posts: postsFields,
  roster: rosterFields,
  subjects: subjectsFields,
  screening: screeningFields,
}
