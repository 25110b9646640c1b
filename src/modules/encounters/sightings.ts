// What must be seen at once, or must not stand too long: an emergency, a fever, a post that went silent, a holding whose
// time is up.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import { type EmergencyKind, emergencyKindWords } from './contracts-words.ts'
import { agencyInScope, encountersDb, minutesLater } from './lower.ts'

export const emergencyWatch = 'encounters.emergency'
/** An emergency stays in sight for so long. */
const emergencyMinutes = 60
/** A post where people pass and nothing was entered for so long is silent; after half a day it is simply not worked. */
const silentMinutes = 120
const silentMinutesMost = 12 * 60

interface Passage {
  passage_id: string
  emergency: string
  people: number
  passed_at: string
}

export function emergencySighting(
  { passage_id, emergency, people, passed_at }: Passage,
  post: PostOfOperation,
): Sighting {
  const kind = emergencyKindWords[emergency as EmergencyKind]
  return {
    subject: passage_id,
    title: {
      zh: `${post.name}紧急放行：${kind.zh}，${people}人`,
      en: `${post.name} let an emergency through: ${kind.en.toLowerCase()}, ${people} persons`,
    },
    severity: 'red',
    link: '/encounters',
    unitId: post.unitId,
    dueAt: minutesLater(passed_at, 10),
  }
}

/** Sightings of rows that name a post; a row whose post is gone is nobody's. */
async function atPosts<R extends { post_id: string }>(
  db: Kysely<AnyTables>,
  rows: readonly R[],
  say: (row: R, post: PostOfOperation) => Sighting,
): Promise<Sighting[]> {
  const ids = rows.map(row => row.post_id)
  const posts = await postsByIds(db, await agencyInScope(db), ids)
  return rows.flatMap(row => {
    const post = posts.get(row.post_id)
    return post ? [say(row, post)] : []
  })
}

const emergencies: Watch = {
  key: emergencyWatch,
  title: { zh: '紧急通行', en: 'An emergency passage' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = await encountersDb(db)
      .selectFrom('emergency_passage')
      .select(['passage_id', 'post_id', 'emergency', 'people', 'passed_at'])
      .where('received_at', '>', minutesLater(now, -emergencyMinutes))
      .where('emergency', '<>', 'mistake')
      .orderBy('passage_id')
      .limit(500)
      .execute()
    return atPosts(db, rows, emergencySighting)
  },
}

const fever: Watch = {
  key: 'encounters.fever',
  title: { zh: '点位发现体温异常', en: 'Fever at a post' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = await encountersDb(db)
      .selectFrom('encounter_hour')
      .select(({ fn }) => ['post_id', fn.sum<number>('fevers').as('n'), fn.max('last_at').as('last_at')])
      .where('hour', '>', minutesLater(now, -120))
      .where('fevers', '>', 0)
      .groupBy('post_id')
      .orderBy('post_id')
      .execute()
    return atPosts(db, rows, ({ post_id, n, last_at }, post) => ({
      subject: post_id,
      title: {
        zh: `${post.name}近两小时体温异常${n}人次`,
        en: `${post.name}: ${n} with fever within two hours`,
      },
      severity: Number(n) > 2 ? 'red' : 'amber',
      link: '/encounters',
      unitId: post.unitId,
      dueAt: minutesLater(last_at, 30),
    }))
  },
}

const silent: Watch = {
  key: 'encounters.postSilent',
  title: { zh: '点位长时间无查验', en: 'A post went silent' },
  owner: 'unitLeader',
  async detect(db, now) {
    const rows = await encountersDb(db)
      .selectFrom('encounter_hour')
      .select(({ fn }) => ['post_id', fn.max('last_at').as('last_at')])
      .where('hour', '>', minutesLater(now, -24 * 60))
      .groupBy('post_id')
      .having(({ fn }) => fn.max('last_at'), '<', minutesLater(now, -silentMinutes))
      .having(({ fn }) => fn.max('last_at'), '>', minutesLater(now, -silentMinutesMost))
      .orderBy('post_id')
      .execute()
    const seen = await atPosts(db, rows, ({ post_id, last_at }, post) => ({
      subject: post.state === 'active' ? post_id : '',
      title: { zh: `${post.name}已两小时没有查验登记`, en: `${post.name} entered nothing for two hours` },
      severity: 'amber',
      link: '/encounters',
      unitId: post.unitId,
      dueAt: minutesLater(last_at, silentMinutes),
    }))
    return seen.filter(one => one.subject !== '')
  },
}

const overdue: Watch = {
  key: 'encounters.holdingOver',
  title: { zh: '留观超时', en: 'A holding past its time' },
  owner: 'unitLeader',
  async detect(db, now) {
    const rows = await encountersDb(db)
      .selectFrom('holding')
      .select(['holding_id', 'post_id', 'ends_at'])
      .where('outcome', 'is', null)
      .where('ends_at', '<=', now)
      .orderBy('ends_at')
      .orderBy('holding_id')
      .limit(500)
      .execute()
    return atPosts(db, rows, ({ holding_id, ends_at }, post) => ({
      subject: holding_id,
      title: {
        zh: `${post.name}留观到时已解除，去向待登记`,
        en: `${post.name}: a holding is over, and nobody has said what became of the person`,
      },
      severity: 'red',
      link: '/encounters',
      unitId: post.unitId,
      dueAt: ends_at,
    }))
  },
}

export const watches: readonly Watch[] = [emergencies, fever, silent, overdue]
