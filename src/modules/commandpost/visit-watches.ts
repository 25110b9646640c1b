// A promise that was given at a post and is open past its time.
import { sql } from 'kysely'
import type { Watch } from '../../kernel/module.ts'
import { agencyInScope, commandpostDb, postNames } from './lower.ts'
import { overduePromise } from './visit-queries.ts'

const sightingsMost = 500
const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…`.toWellFormed() : text)

interface Late {
  promise_id: string
  visit_id: string
  text: string
  by_whom: string
  due_at: string
  unit_id: string
  post_id: string
  operation_id: string
}

const promiseOverdue: Watch = {
  key: 'commandpost.promiseOverdue',
  title: { zh: '承诺逾期未兑现', en: 'A promise past its time' },
  owner: 'dutyOfficer',
  async detect(anyDb, now) {
    const db = commandpostDb(anyDb)
    const { rows } = await sql<Late>`
      select p.promise_id, p.visit_id, p.text, p.by_whom, p.due_at, v.unit_id, v.post_id, v.operation_id
      from visit_promise p join visit v on v.agency_id = p.agency_id and v.visit_id = p.visit_id
      where ${overduePromise(now)} order by p.due_at, p.promise_id limit ${sightingsMost}`.execute(db)
    if (rows.length === 0) return []
    const posts = await postNames(
      db,
      await agencyInScope(db),
      rows.map(row => row.operation_id),
    )
    return rows.map(row => {
      const post = posts.get(row.post_id) ?? ''
      return {
        subject: row.promise_id,
        link: `/visits?open=${row.visit_id}`,
        unitId: row.unit_id,
        severity: 'amber',
        dueAt: row.due_at,
        title: {
          zh: `${clip(post)}：${clip(row.by_whom)}承诺“${clip(row.text)}”逾期未兑现`,
          en: `${clip(post)}: the promise of ${clip(row.by_whom)} is past its time: ${clip(row.text)}`,
        },
      }
    })
  },
}

export const visitWatches = [promiseOverdue]
