import type { Expression, Kysely, SqlBool } from 'kysely'
import { everyone } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { cameraList, type PostKind, postList, type ZoneKind, zoneList } from './contracts.ts'
import { existedIn, inUseIn, sampledIn } from './existed.ts'
import { postsDb } from './lower.ts'

const roles = everyone

async function countPosts(
  db: Kysely<AnyTables>,
  kinds: readonly PostKind[] | null,
  holds: Expression<SqlBool>,
): Promise<number> {
  let found = postsDb(db).selectFrom('post').where(holds)
  if (kinds) found = found.where('kind', 'in', kinds)
  return (await found.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}

/**
 * Zones count as what they were opened as: a sealed zone that was eased to a control zone stays one sealed zone, as
 * bureaus publish it. The alternative, counting every stage, counts one neighbourhood three times.
 */
function zonesOpenedAs(kind: ZoneKind, zh: string, en: string): Measure {
  return {
    key: `zones.${kind}`,
    title: { zh, en },
    unit: 'zone',
    roles,
    count: async (db, span) =>
      (
        await postsDb(db)
          .selectFrom('zone')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('opened_as', '=', kind)
          .where(existedIn(span))
          .executeTakeFirstOrThrow()
      ).n,
    records: {
      query: zoneList,
      input: span => ({ openedAs: kind, existedFrom: span.from, existedUntil: span.until }),
    },
  }
}

const inUse = (span: Span) => ({ inUseFrom: span.from, inUseUntil: span.until })

/** 防控点位: what stands on a road or at the gate of a zone and is guarded round the clock. */
const controlPointKinds: PostKind[] = ['checkpoint', 'zoneGate']

export const measures: readonly Measure[] = [
  zonesOpenedAs('sealed', '封控区', 'Sealed zones'),
  zonesOpenedAs('control', '管控区', 'Control zones'),
  zonesOpenedAs('precaution', '防范区', 'Precaution zones'),
  {
    key: 'zones.isolationHotels',
    title: { zh: '隔离酒店', en: 'Isolation hotels' },
    unit: 'hotel',
    roles,
    count: (db, span) => countPosts(db, ['isolationHotel'], inUseIn(span.from, span.until)),
    records: { query: postList, input: span => ({ kinds: ['isolationHotel'], ...inUse(span) }) },
  },
  {
    key: 'zones.camerasAdded',
    title: { zh: '加装视频监控处所', en: 'Places where video was added' },
    unit: 'place',
    roles,
    count: async (db, span) =>
      (
        await postsDb(db)
          .selectFrom('camera')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('added_on', '>=', span.from)
          .where('added_on', '<=', span.until)
          .executeTakeFirstOrThrow()
      ).n,
    records: {
      query: cameraList,
      input: span => ({ addedFrom: span.from, addedUntil: span.until }),
    },
  },
  {
    key: 'zones.controlPoints',
    title: { zh: '防控点位', en: 'Points guarded' },
    unit: 'point',
    roles,
    count: (db, span) => countPosts(db, controlPointKinds, inUseIn(span.from, span.until)),
    records: { query: postList, input: span => ({ kinds: controlPointKinds, ...inUse(span) }) },
  },
  {
    key: 'sampling.sites',
    title: { zh: '核酸采样点', en: 'Sampling sites' },
    unit: 'site',
    roles,
    count: (db, span) => countPosts(db, null, sampledIn(span.from, span.until)),
    records: { query: postList, input: span => ({ roundsFrom: span.from, roundsUntil: span.until }) },
  },
  {
    key: 'posts.open',
    title: { zh: '启用点位', en: 'Posts in use' },
    unit: 'post',
    roles,
    count: (db, span) => countPosts(db, null, inUseIn(span.from, span.until)),
    records: { query: postList, input: span => inUse(span) },
  },
]
