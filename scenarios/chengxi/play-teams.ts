// Which posts teams hold, and the orders that the closed loops rest on.
import { giveTeamPost, orderLoop } from '../../src/modules/attendance/contracts.ts'
import { officers } from './bureau.ts'
import type { Course } from './course.ts'
import { days, gateOf, hold, posts } from './ground.ts'
import { teams } from './teams.ts'

const approver = '区疫情防控指挥部'

export async function postTeams(it: Course): Promise<void> {
  const { stage } = it
  const all = teams(officers())
  const hotels = posts().filter(post => post.kind === 'isolationHotel')
  const [first] = all
  const lodged = all.filter(team => team.kind === 'closedLoop')
  const given = [
    ...hold.zones.map(zone => ({ team: first, post: gateOf(zone), from: hold.from, until: hold.until })),
    ...hotels.map(post => ({ team: lodged[1], post: post.key, from: post.opens, until: days - 1 })),
  ]
  for (const [n, { team, post, from, until }] of given.entries()) {
    await stage.run(
      giveTeamPost,
      {
        teamPostId: stage.id(`team post ${post}`),
        teamId: stage.id(`team ${team?.name}`),
        postId: it.postId(post),
        beginsOn: it.day(from),
        endsOn: it.day(until),
        orderNumber: `城公突〔2021〕${n + 1}号`,
        approver: '指挥长 周示一',
      },
      `giveTeamPost ${post}`,
    )
  }
  for (const [n, team] of lodged.entries()) {
    await stage.run(
      orderLoop,
      {
        orderId: stage.id(`loop order ${team.name}`),
        teamId: stage.id(`team ${team.name}`),
        orderNumber: `城防指〔2021〕${n + 201}号`,
        approver,
        approverId: null,
        basis: '新型冠状病毒肺炎防控方案（第八版）隔离场所工作人员管理要求',
        reason: n === 0 ? '封控区、管控区门岗与区内人员接触' : '隔离酒店执勤，与密接人员同处一楼',
        beginsOn: it.day(team.from),
        endsOn: it.day(team.until),
      },
      `orderLoop ${team.name}`,
    )
  }
}
