import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { fixtureText } from '../../sheets/fixture-cases.ts'
import { demandSkills as skillsOfPeople, partnerKinds as partnersOfPeople } from '../people/contracts.ts'
import {
  addPost,
  addPosts,
  changePost,
  changeRound,
  contactPhones,
  defineRound,
  demandSkills,
  mapAt,
  movePost,
  openZone,
  partnerKinds,
  postDetail,
  postList,
  roundDetail,
  roundList,
  setPostState,
  setRoundSites,
} from './contracts.ts'
import { bureau, modules } from './test-bureau.ts'

describe('posts', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['officer'])
  const b = await bureau(w, zhou)
  const { operationId, station, traffic } = b
  const feng = w.person('冯样三', ['unitLeader'], { unitIds: [station] })
  const newPost = <M extends Record<string, unknown>>(code: string, more: M = {} as M) => ({
    postId: w.newId(),
    code,
    name: `点位${code}`,
    kind: 'checkpoint' as const,
    unitId: station,
    ...more,
  })
  const north = newPost('KK-001', {
    name: '青禾高速青禾北收费站出口卡口',
    unitId: traffic,
    address: '青禾高速K12+300',
    duties: '逐车查验,劝返无证车辆。',
    equipment: '测温枪2、反光锥20',
    contactName: '周示一',
    contactPhone: '10000000001',
    partnersExpected: { health: 2, community: 1, volunteer: 0, enterprise: 0 },
    place: { lng: 107.123456, lat: 40.654321 },
    opensOn: '2021-10-24',
  })

  it('POS8 a post of any kind is set up with place, duties, equipment, contact and expected partners', async () => {
    await zhou.does(addPost, { operationId, ...north })
    const kinds = [
      ['zoneGate', 'FK-001'],
      ['samplingSite', 'CY-001'],
      ['isolationHotel', 'GL-001'],
      ['buildingGate', 'MG-001'],
      ['patrolGrid', 'XL-001'],
      ['commandPost', 'ZH-001'],
      ['reserve', 'BQ-001'],
    ] as const
    await zhou.does(addPosts, { operationId, posts: kinds.map(([kind, code]) => newPost(code, { kind })) })
    const found = await zheng.asks(postDetail, { postId: north.postId })
    expect(found).toMatchObject({
      code: 'KK-001',
      unitName: '交警',
      lng: 107.123456,
      lat: 40.654321,
      equipment: '测温枪2、反光锥20',
      hasContactPhone: true,
      partnersExpected: { health: 2, community: 1, volunteer: 0, enterprise: 0 },
      state: 'active',
    })
    expect((await zheng.asks(postList, { operationId })).total).toBe(8)
    expect((await zheng.asks(mapAt, { operationId })).posts).toHaveLength(8)
  })

  it('POS9 the number of the contact is sealed and opened only with a purpose', async () => {
    const { rows } = await w.owner.query('select contact_phone from app.post where contact_phone is not null')
    expect(rows).toHaveLength(1)
    expect(rows[0].contact_phone).toMatch(/^sealed:1:/)
    const books = await w.owner.query(
      "select count(*) as n from app.journal where input::text like '%10000000001%'",
    )
    expect(books.rows[0].n).toBe(0)
    const asked = { postIds: [north.postId], purpose: '通知到岗' }
    expect((await zhou.asks(contactPhones, asked)).phones).toEqual([
      { postId: north.postId, phone: '10000000001' },
    ])
    expect(await zhou.mayNotAsk(contactPhones, { postIds: [north.postId] })).toBe('kernel/bad-input')
    expect(await zheng.mayNotAsk(contactPhones, asked)).toBe('kernel/no-right')
    expect((await feng.asks(contactPhones, asked)).phones).toEqual([])
    expect((await w.owner.query('select purpose from app.opening')).rows).toEqual([
      { purpose: '通知到岗' },
      { purpose: '通知到岗' },
    ])
  })

  it('POS8 a list is found by name, code or address, and narrowed by kind, unit, state', async () => {
    const names = async (input: Record<string, unknown>) =>
      (await zheng.asks(postList, { operationId, ...input })).rows.map(row => row.code)
    expect(await names({ search: '收费站' })).toEqual(['KK-001'])
    expect(await names({ search: 'K12+300' })).toEqual(['KK-001'])
    expect(await names({ search: 'CY-' })).toEqual(['CY-001'])
    expect(await names({ search: '%' })).toEqual([])
    expect(await names({ kinds: ['reserve', 'commandPost'] })).toEqual(['BQ-001', 'ZH-001'])
    expect(await names({ unitId: traffic })).toEqual(['KK-001'])
    expect(await names({ withoutPlace: true, order: 'kind', limit: 2 })).toEqual(['FK-001', 'CY-001'])
    expect(await names({ order: 'unit', descending: true, limit: 1 })).toEqual(['KK-001'])
  })

  it('POS10 a code stands once in an operation; a batch with one bad post writes none', async () => {
    expect(await zhou.isRefused(addPost, { operationId, ...newPost('KK-001') })).toBe('posts/code-taken')
    const posts = [newPost('KK-101'), newPost('KK-101')]
    expect(await zhou.isRefused(addPosts, { operationId, posts })).toBe('posts/code-twice')
    const wrong = [newPost('KK-102'), newPost('KK-103', { unitId: w.newId() })]
    expect(await zhou.isRefused(addPosts, { operationId, posts: wrong })).toBe('posts/unknown-unit')
    const far = [newPost('KK-104'), newPost('KK-105', { zoneId: w.newId() })]
    expect(await zhou.isRefused(addPosts, { operationId, posts: far })).toBe('kernel/missing')
    expect((await zhou.asks(postList, { operationId })).total).toBe(8)
    expect(await zhou.isRefused(addPost, { operationId, ...newPost('KK-9'), postId: north.postId })).toBe(
      'posts/id-taken',
    )
  })

  it('POS11 a unit leader sets up and changes the posts of his own units only', async () => {
    const own = newPost('KK-200')
    await feng.does(addPost, { operationId, ...own })
    expect(await feng.isRefused(addPost, { operationId, ...newPost('KK-201', { unitId: traffic }) })).toBe(
      'posts/outside-scope',
    )
    const { postId: _id, ...fields } = own
    expect(await feng.isRefused(changePost, { ...fields, postId: north.postId })).toBe('posts/outside-scope')
    expect(await feng.isRefused(changePost, { ...own, unitId: traffic })).toBe('posts/outside-scope')
    expect(await feng.isRefused(movePost, { postId: north.postId, place: null })).toBe('posts/outside-scope')
    await feng.does(movePost, { postId: own.postId, place: { lng: 107, lat: 40 } })
    expect(await zheng.isRefused(addPost, { operationId, ...newPost('KK-202') })).toBe('kernel/no-right')
    await zhou.does(setPostState, { postIds: [own.postId], state: 'closed', on: '2021-11-02' })
  })

  it('POS12 a change keeps the sealed number unless another is given; a site in rounds stays a site', async () => {
    const { place: _place, contactPhone: _phone, ...fields } = north
    await zhou.does(changePost, { ...fields, name: '青禾北收费站卡口' })
    expect((await zhou.asks(postDetail, { postId: north.postId })).hasContactPhone).toBe(true)
    await zhou.does(changePost, { ...fields, contactPhone: null })
    expect((await zhou.asks(postDetail, { postId: north.postId })).hasContactPhone).toBe(false)
    expect(await zhou.isRefused(changePost, { ...fields, code: 'CY-001' })).toBe('posts/code-taken')
    expect(
      await zhou.isRefused(changePost, { ...fields, opensOn: '2021-11-02', closesOn: '2021-11-01' }),
    ).toBe('posts/end-before-start')
  })

  it('POS13 a round has sites that work in it; the list given is the list', async () => {
    const [first, second] = [w.newId(), w.newId()]
    const hours = { opensMinute: 420, closesMinute: 690, area: '城东街道' }
    await zhou.does(defineRound, {
      operationId,
      roundId: first,
      n: 1,
      name: '第1轮',
      day: '2021-10-25',
      ...hours,
    })
    await zhou.does(defineRound, {
      operationId,
      roundId: second,
      n: 2,
      name: '第2轮',
      day: '2021-10-27',
      ...hours,
    })
    expect(
      await zhou.isRefused(defineRound, {
        operationId,
        roundId: w.newId(),
        n: 2,
        name: '又',
        day: '2021-10-28',
        ...hours,
      }),
    ).toBe('posts/round-number-taken')
    const posts = Array.from({ length: 40 }, (_, n) => newPost(`CY-${100 + n}`, { kind: 'samplingSite' }))
    await zhou.does(addPosts, { operationId, posts })
    const site = (n: number, lanes = 2) => ({ postId: posts[n]?.postId ?? '', lanes })
    expect(await zhou.does(setRoundSites, { roundId: first, sites: posts.map((_, n) => site(n)) })).toEqual({
      added: 40,
      removed: 0,
      changed: 0,
    })
    expect(
      await zhou.does(setRoundSites, { roundId: first, sites: [site(0), site(1, 4), site(2, 4)] }),
    ).toEqual({ added: 0, removed: 37, changed: 2 })
    await zhou.does(setRoundSites, { roundId: second, sites: [site(0), site(39)] })
    expect(
      (await zheng.asks(roundList, { operationId })).rows.map(row => [row.n, row.sites, row.lanes]),
    ).toEqual([
      [1, 3, 10],
      [2, 2, 4],
    ])
    expect((await zheng.asks(roundDetail, { roundId: second })).siteRows.map(row => row.code)).toEqual([
      'CY-100',
      'CY-139',
    ])
    expect(await zhou.isRefused(setRoundSites, { roundId: first, sites: [{ postId: north.postId }] })).toBe(
      'posts/not-sampling-site',
    )
    expect(await zhou.isRefused(setRoundSites, { roundId: first, sites: [site(0), site(0)] })).toBe(
      'posts/site-twice',
    )
    const leaving = { ...newPost('CY-100', { kind: 'checkpoint' }), postId: posts[0]?.postId }
    expect(await zhou.isRefused(changePost, leaving)).toBe('posts/still-in-rounds')
  })

  it('POS13 the figure counts distinct sites at work in the rounds of a span', async () => {
    // 3 sites in the first round and 2 in the second, one of them in both.
    expect(await w.kernel.measure(zheng.actor, 'sampling.sites', '2021-10-24', '2021-11-16')).toBe(4)
    expect(await w.kernel.measure(zheng.actor, 'sampling.sites', '2021-10-27', '2021-10-27')).toBe(2)
    const behind = await zheng.asks(postList, { roundsFrom: '2021-10-24', roundsUntil: '2021-11-16' })
    expect(behind.total).toBe(4)
    const map = await zheng.asks(mapAt, { operationId, at: '2021-10-27T04:00:00Z' })
    expect(map.posts.filter(post => post.sampling).map(post => post.code)).toEqual(['CY-100', 'CY-139'])
    const second = (await zheng.asks(roundList, { operationId })).rows[1]
    const hours = { opensMinute: 420, closesMinute: 690, area: '城东街道' }
    const moved = { roundId: second?.roundId ?? '', n: 2, name: '第2轮', day: '2021-10-28', ...hours }
    await zhou.does(changeRound, moved)
    expect(await zhou.isRefused(changeRound, { ...moved, closesMinute: 400 })).toBe('posts/end-before-start')
    expect(await zhou.isRefused(changeRound, { ...moved, n: 1 })).toBe('posts/round-number-taken')
  })

  it('POS14 the measures count posts in use in the span, and their lists hold as many records', async () => {
    const span = ['2021-10-24', '2021-11-16'] as const
    const hotel = await b.post('GL-002', 'isolationHotel', { opensOn: '2021-11-01', closesOn: '2021-11-05' })
    await b.post('GL-003', 'isolationHotel', { state: 'planned' })
    const count = (key: string, from: string, until: string) =>
      w.kernel.measure(zheng.actor, key, from, until)
    expect(await count('zones.isolationHotels', ...span)).toBe(2)
    expect(await count('zones.isolationHotels', '2021-10-24', '2021-10-31')).toBe(1)
    expect(await count('zones.isolationHotels', '2021-11-06', '2021-11-16')).toBe(1)
    await zhou.does(setPostState, { postIds: [hotel], state: 'closed', on: '2021-11-02' })
    expect(await count('zones.isolationHotels', '2021-11-02', '2021-11-02')).toBe(2)
    expect(await count('zones.isolationHotels', '2021-11-03', '2021-11-03')).toBe(1)
    // Checkpoints KK-001 and (until 2 November) KK-200, gate FK-001.
    expect(await count('zones.controlPoints', ...span)).toBe(3)
    expect(await count('zones.controlPoints', '2021-11-03', '2021-11-16')).toBe(2)
    let looked = 0
    for (const measure of w.kernel.registry.measures.values()) {
      if (!/^(zones|sampling|posts)\./.test(measure.key)) continue
      const bounds = { from: span[0], until: span[1], begins: '', ends: '' }
      const answer = await zheng.asks(measure.records.query, measure.records.input(bounds) as never)
      expect((answer as { total: number }).total, measure.key).toBe(await count(measure.key, ...span))
      looked += 1
    }
    expect(looked).toBe(8)
  })

  it('POS15 a post taken into use again is in use again, and a post closed before it opened never was', async () => {
    const postId = await b.post('MG-050', 'buildingGate', { state: 'planned', opensOn: '2021-11-10' })
    await zhou.does(setPostState, { postIds: [postId, postId], state: 'closed', on: '2021-11-05' })
    expect(await zhou.asks(postDetail, { postId })).toMatchObject({ opensOn: '2021-11-10', closesOn: null })
    await zhou.does(setPostState, { postIds: [postId], state: 'active', on: '2021-11-08' })
    expect(await zhou.asks(postDetail, { postId })).toMatchObject({ opensOn: '2021-11-08', closesOn: null })
    expect(
      await zhou.isRefused(setPostState, { postIds: [postId, w.newId()], state: 'paused', on: '2021-11-08' }),
    ).toBe('kernel/missing')
  })

  it('POS16 hostile names come back as they went in, or are refused; nothing breaks', async () => {
    const known = JSON.parse(fixtureText('hostile/blns.json') ?? '[]') as string[]
    const strings = [...known, 'a\u0000b', '=1+1', '<b>x</b>', "'; drop table post --"]
    let kept = 0
    let refused = 0
    const entries = strings.map((text, n) =>
      w.entry(addPost, {
        operationId,
        ...newPost(`N-${n}`, { name: text, address: text.slice(0, 200), unitId: traffic }),
      }),
    )
    const verdicts = await zhou.sends(entries.slice(0, 400))
    verdicts.push(...(await zhou.sends(entries.slice(400))))
    const stored = await zhou.asks(postList, { operationId, search: 'N-', limit: 1_000 })
    const byCode = new Map(stored.rows.map(row => [row.code, row]))
    for (const [n, text] of strings.entries()) {
      if (verdicts[n]?.verdict === 'done') {
        const found = byCode.get(`N-${n}`)
        expect([found?.name, found?.address]).toEqual([text, text.slice(0, 200)])
        kept += 1
      } else {
        expect(verdicts[n]?.verdict, text).toBe('refused')
        refused += 1
      }
    }
    expect(kept + refused).toBe(strings.length)
    expect(kept).toBeGreaterThan(known.length > 0 ? 350 : 2)
  })

  it('POS16 input of the wrong type, too long, or of another world is refused field by field', async () => {
    const good = newPost('KK-300')
    const bad: Record<string, unknown>[] = [
      { ...good, kind: 'castle' },
      { ...good, name: '   ' },
      { ...good, name: '长'.repeat(81) },
      { ...good, code: '' },
      { ...good, place: { lng: 181, lat: 0 } },
      { ...good, place: { lng: '107', lat: 40 } },
      { ...good, opensOn: '2021-02-30' },
      { ...good, partnersExpected: { health: -1 } },
      { ...good, partnersExpected: { army: 1 } },
      { ...good, unknown: 1 },
      { ...good, unitId: '1' },
      { ...good, name: null },
    ]
    for (const post of bad) {
      const code = await zhou.isRefused(addPost, { operationId, ...post })
      expect(code, JSON.stringify(post)).toBe('kernel/bad-input')
    }
    expect(await zhou.isRefused(addPost, { operationId, ...good, address: '示例路,电话13900001111' })).toBe(
      'kernel/held-before',
    )
    const posts = Array.from({ length: 2_001 }, (_, n) => newPost(`X-${n}`))
    expect(await zhou.isRefused(addPosts, { operationId, posts })).toBe('kernel/bad-input')
  })

  it('POS10 two thousand posts go in at once', async () => {
    const posts = Array.from({ length: 2_000 }, (_, n) => newPost(`B-${String(n).padStart(4, '0')}`))
    await zhou.does(addPosts, { operationId, posts })
    expect((await zhou.asks(postList, { operationId, search: 'B-' })).total).toBe(2_000)
  })

  it('POS7 a zone of another operation is no place for a post', async () => {
    const elsewhere = await bureau2()
    expect(await zhou.isRefused(addPost, { operationId, ...newPost('KK-400', { zoneId: elsewhere }) })).toBe(
      'posts/other-operation',
    )
  })

  async function bureau2(): Promise<string> {
    const { openOperation } = await import('../operations/contracts.ts')
    const [other, zoneId] = [w.newId(), w.newId()]
    await zhou.does(openOperation, { operationId: other, name: '另一次勤务', beginsOn: '2021-11-01' })
    await zhou.does(openZone, {
      operationId: other,
      zoneId,
      name: '别处',
      kind: 'sealed',
      orderNumber: '1',
      approver: '冯样三',
      beginsAt: '2021-11-01T00:00:00Z',
      plannedEndAt: '2021-11-09T00:00:00Z',
    })
    return zoneId
  }

  it('POS8 skills and partners are those that the people module knows', () => {
    expect(demandSkills).toEqual(skillsOfPeople)
    expect(partnerKinds).toEqual(partnersOfPeople)
  })
})
