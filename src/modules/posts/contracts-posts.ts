// Posts and sampling rounds.
import { z } from 'zod'
import {
  command,
  day,
  everyone,
  id,
  listInput,
  orderInput,
  personal,
  place,
  query,
  staffName,
  staffText,
} from '../../kernel/contract.ts'
import {
  commanding,
  count,
  name,
  pageOf,
  partnerKinds,
  postKind,
  postKinds,
  postState,
} from './contracts-words.ts'

const expected = () => z.int().min(0).max(500).default(0)
/** Partners of other organisations whom the post expects in each band; they are never counted as officers. */
export const partnersExpected = z.strictObject(
  Object.fromEntries(partnerKinds.map(kind => [kind, expected()])) as Record<
    (typeof partnerKinds)[number],
    ReturnType<typeof expected>
  >,
)

const standing = {
  code: name(20),
  name: name(80),
  kind: postKind,
  zoneId: id().nullable().default(null),
  unitId: id(),
  address: staffText(200).default(''),
  duties: staffText(2_000).default(''),
  equipment: staffText(500).default(''),
  contactName: staffName(60).default(''),
  partnersExpected: partnersExpected.default({ health: 0, community: 0, volunteer: 0, enterprise: 0 }),
  closedLoop: z.boolean().default(false),
  opensOn: day().nullable().default(null),
  closesOn: day().nullable().default(null),
}

const newPost = {
  postId: id(),
  ...standing,
  /** Sealed under the post's own key; opened by `posts.contactPhones` with a purpose. */
  contactPhone: personal('postId', 30).nullable().default(null),
  place: place().nullable().default(null),
  state: postState.default('active'),
}

/** A unit leader sets up and changes the posts of the units in his scope. */
const stationing = [...commanding, 'unitLeader'] as const

export const addPost = command({
  name: 'posts.addPost',
  title: { zh: '新增点位', en: 'Add a post' },
  roles: stationing,
  input: z.strictObject({ operationId: id(), ...newPost }),
})

export const addPosts = command({
  name: 'posts.addPosts',
  title: { zh: '批量新增点位', en: 'Add several posts' },
  roles: stationing,
  input: z.strictObject({ operationId: id(), posts: z.array(z.strictObject(newPost)).min(1).max(2_000) }),
})

export const changePost = command({
  name: 'posts.changePost',
  title: { zh: '修改点位', en: 'Change a post' },
  roles: stationing,
  input: z.strictObject({
    postId: id(),
    ...standing,
    /** Left out it stays; null takes it away. */
    contactPhone: personal('postId', 30).nullable().optional(),
  }),
})

export const setPostState = command({
  name: 'posts.setPostState',
  title: { zh: '变更点位状态', en: 'Set the state of a post' },
  roles: stationing,
  /** `on` is the first duty day in use, and for `closed` the last one. */
  input: z.strictObject({ postIds: z.array(id()).min(1).max(2_000), state: postState, on: day() }),
})

export const movePost = command({
  name: 'posts.movePost',
  title: { zh: '移动点位', en: 'Move a post' },
  roles: stationing,
  input: z.strictObject({ postId: id(), place: place().nullable() }),
})

const postRow = z.strictObject({
  postId: z.string(),
  operationId: z.string(),
  code: z.string(),
  name: z.string(),
  kind: postKind,
  state: postState,
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  unitId: z.string(),
  unitName: z.string(),
  address: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  closedLoop: z.boolean(),
  opensOn: z.string().nullable(),
  closesOn: z.string().nullable(),
  contactName: z.string(),
  /** Lines of demand that are not withdrawn. */
  demandLines: count(),
})

export const postOrders = [
  'code',
  'name',
  'kind',
  'unit',
  'zone',
  'lines',
  'address',
  'contact',
  'state',
] as const

export const postList = query({
  name: 'posts.list',
  title: { zh: '点位列表', en: 'Posts' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    ...orderInput(postOrders),
    operationId: id().optional(),
    kinds: z.array(postKind).max(postKinds.length).optional(),
    states: z.array(postState).max(4).optional(),
    zoneId: id().optional(),
    unitId: id().optional(),
    withoutDemand: z.boolean().optional(),
    withoutPlace: z.boolean().optional(),
    /** Only posts in use on some duty day of this span. */
    inUseFrom: day().optional(),
    inUseUntil: day().optional(),
    /** Only sites of sampling rounds of this span. */
    roundsFrom: day().optional(),
    roundsUntil: day().optional(),
  }),
  output: pageOf(postRow),
})

export const postDetail = query({
  name: 'posts.post',
  title: { zh: '点位详情', en: 'Post' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ postId: id() }),
  output: z.strictObject({
    ...postRow.shape,
    duties: z.string(),
    equipment: z.string(),
    hasContactPhone: z.boolean(),
    partnersExpected,
    rounds: z.array(
      z.strictObject({
        roundId: z.string(),
        n: z.int(),
        name: z.string(),
        day: z.string(),
        lanes: z.int(),
      }),
    ),
  }),
})

export const contactPhones = query({
  name: 'posts.contactPhones',
  title: { zh: '查看点位联系电话', en: 'Open contact numbers of posts' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader'],
  opens: true,
  input: z.strictObject({
    postIds: z.array(id()).min(1).max(2_000),
    purpose: z.string().min(2).max(500),
  }),
  output: z.strictObject({
    phones: z.array(z.strictObject({ postId: z.string(), phone: z.string().nullable() })),
  }),
})

const roundFields = {
  n: z.int().min(1).max(200),
  name: name(60),
  /** The duty day that the round belongs to. */
  day: day(),
  /** Minutes after midnight of that calendar day; a round that passes midnight closes after 1,440. */
  opensMinute: z.int().min(0).max(1_439),
  closesMinute: z.int().min(1).max(2_880),
  area: staffText(300).default(''),
}

export const defineRound = command({
  name: 'posts.defineRound',
  title: { zh: '新增采样轮次', en: 'Define a sampling round' },
  roles: commanding,
  input: z.strictObject({ roundId: id(), operationId: id(), ...roundFields }),
})

export const changeRound = command({
  name: 'posts.changeRound',
  title: { zh: '修改采样轮次', en: 'Change a sampling round' },
  roles: commanding,
  input: z.strictObject({ roundId: id(), ...roundFields }),
})

export const setRoundSites = command({
  name: 'posts.setRoundSites',
  title: { zh: '设定轮次采样点', en: 'Set the sites of a round' },
  roles: commanding,
  /** The whole list: a site that is not in it leaves the round. */
  input: z.strictObject({
    roundId: id(),
    sites: z.array(z.strictObject({ postId: id(), lanes: z.int().min(1).max(50).default(1) })).max(5_000),
  }),
  output: z.strictObject({ added: count(), removed: count(), changed: count() }),
})

const roundRow = z.strictObject({
  roundId: z.string(),
  operationId: z.string(),
  n: z.int(),
  name: z.string(),
  day: z.string(),
  opensMinute: z.int(),
  closesMinute: z.int(),
  area: z.string(),
  sites: count(),
  lanes: count(),
})

export const roundList = query({
  name: 'posts.rounds',
  title: { zh: '采样轮次', en: 'Sampling rounds' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ ...listInput, operationId: id(), from: day().optional(), until: day().optional() }),
  output: pageOf(roundRow),
})

export const roundDetail = query({
  name: 'posts.round',
  title: { zh: '采样轮次详情', en: 'Sampling round' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ roundId: id() }),
  output: z.strictObject({
    ...roundRow.shape,
    siteRows: z.array(
      z.strictObject({
        postId: z.string(),
        code: z.string(),
        name: z.string(),
        address: z.string(),
        unitName: z.string(),
        state: postState,
        lanes: z.int(),
      }),
    ),
  }),
})
