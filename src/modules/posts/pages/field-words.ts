// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { Both } from '../../../kernel/contract.ts'
import type { TableWords } from '../../../ui/index.ts'
import {
  demandSkillTitles,
  partnerKindTitles,
  postKindTitles,
  postStateTitles,
  zoneKindTitles,
} from '../contracts.ts'

const operation = { zh: '专项勤务', en: 'Operation' }
const place = { lng: { zh: '经度', en: 'Longitude' }, lat: { zh: '纬度', en: 'Latitude' } }
const weekdays: Record<string, Both> = {
  1: { zh: '周一', en: 'Mon' },
  2: { zh: '周二', en: 'Tue' },
  3: { zh: '周三', en: 'Wed' },
  4: { zh: '周四', en: 'Thu' },
  5: { zh: '周五', en: 'Fri' },
  6: { zh: '周六', en: 'Sat' },
  7: { zh: '周日', en: 'Sun' },
}
/** The bands that the standard patterns cut a day into. */
const bands: Record<string, Both> = {
  morning: { zh: '上午班', en: 'Morning' },
  afternoon: { zh: '下午班', en: 'Afternoon' },
  evening: { zh: '晚班', en: 'Evening' },
  night: { zh: '夜班', en: 'Night' },
  early: { zh: '早班', en: 'Early' },
  late: { zh: '中班', en: 'Late' },
  day: { zh: '白班', en: 'Day' },
  whole: { zh: '全天', en: 'Whole day' },
}

export const postsFields: Record<string, TableWords> = {
  post: {
    zh: '点位',
    en: 'Post',
    hidden: ['post_id'],
    fields: {
      code: { zh: '编号', en: 'Code' },
      name: { zh: '名称', en: 'Name' },
      kind: { zh: '类别', en: 'Kind', values: postKindTitles },
      state: { zh: '状态', en: 'State', values: postStateTitles },
      unit_id: { zh: '责任单位', en: 'Unit' },
      zone_id: { zh: '所在区域', en: 'Zone' },
      operation_id: operation,
      address: { zh: '地址', en: 'Address' },
      ...place,
      contact_name: { zh: '联系人', en: 'Contact' },
      contact_phone: { zh: '联系电话', en: 'Phone' },
      opens_on: { zh: '启用日期', en: 'Opens on' },
      closes_on: { zh: '撤除日期', en: 'Closes on' },
      partners_expected: { zh: '联勤人数', en: 'Partners expected', values: partnerKindTitles },
      closed_loop: { zh: '闭环管理', en: 'Closed loop' },
      duties: { zh: '职责', en: 'Duties' },
      equipment: { zh: '装备', en: 'Equipment' },
    },
  },
  demand: {
    zh: '警力需求',
    en: 'Demand',
    hidden: ['demand_id'],
    fields: {
      post_id: { zh: '点位', en: 'Post' },
      pattern_id: { zh: '班制', en: 'Shift pattern' },
      bands: { zh: '班次', en: 'Bands', values: bands },
      skill: { zh: '资质', en: 'Skill', values: demandSkillTitles },
      heads: { zh: '人数', en: 'Officers' },
      priority: { zh: '优先级', en: 'Priority' },
      begins_on: { zh: '起始日期', en: 'From' },
      ends_on: { zh: '截止日期', en: 'Until' },
      weekdays: { zh: '星期', en: 'Weekdays', values: weekdays },
      round_id: { zh: '采样轮次', en: 'Sampling round' },
      withdrawn: { zh: '已撤回', en: 'Withdrawn' },
    },
  },
  zone: {
    zh: '区域',
    en: 'Zone',
    hidden: ['zone_id'],
    fields: {
      name: { zh: '名称', en: 'Name' },
      kind: { zh: '类别', en: 'Kind', values: zoneKindTitles },
      opened_as: { zh: '划定时类别', en: 'Opened as', values: zoneKindTitles },
      operation_id: operation,
      order_number: { zh: '文号', en: 'Order number' },
      approver: { zh: '批准人', en: 'Approved by' },
      begins_at: { zh: '生效时间', en: 'Begins' },
      planned_end_at: { zh: '计划解除时间', en: 'Planned end' },
      lifted_at: { zh: '解除时间', en: 'Lifted' },
      unit_id: { zh: '责任单位', en: 'Unit' },
      households: { zh: '户数', en: 'Households' },
      polygon: { zh: '边界', en: 'Boundary' },
    },
  },
  zone_stage: {
    zh: '管控措施',
    en: 'Stage',
    hidden: ['zone_id', 'n'],
    fields: {
      kind: { zh: '类别', en: 'Kind', values: zoneKindTitles },
      at: { zh: '时间', en: 'At' },
      order_number: { zh: '文号', en: 'Order number' },
      approver: { zh: '批准人', en: 'Approved by' },
      reason: { zh: '事由', en: 'Reason' },
    },
  },
  sampling_round: {
    zh: '采样轮次',
    en: 'Sampling round',
    hidden: ['round_id'],
    fields: {
      n: { zh: '轮次', en: 'Number' },
      name: { zh: '名称', en: 'Name' },
      operation_id: operation,
      day: { zh: '日期', en: 'Day' },
      opens_minute: { zh: '开始时间', en: 'Opens', as: 'clock' },
      closes_minute: { zh: '结束时间', en: 'Closes', as: 'clock' },
      area: { zh: '范围', en: 'Area' },
    },
  },
  round_site: {
    zh: '采样点',
    en: 'Sampling site',
    hidden: ['round_id'],
    fields: { post_id: { zh: '点位', en: 'Post' }, lanes: { zh: '采样台', en: 'Lanes' } },
  },
  camera: {
    zh: '监控点',
    en: 'Camera',
    hidden: ['camera_id'],
    fields: {
      name: { zh: '名称', en: 'Name' },
      covers: { zh: '覆盖范围', en: 'Covers' },
      operation_id: operation,
      zone_id: { zh: '所在区域', en: 'Zone' },
      added_on: { zh: '启用日期', en: 'Added on' },
      removed_on: { zh: '拆除日期', en: 'Removed on' },
      ...place,
    },
  },
  shift_pattern: {
    zh: '班制',
    en: 'Shift pattern',
    hidden: ['pattern_id'],
    fields: {
      name: { zh: '名称', en: 'Name' },
      kind: {
        zh: '类别',
        en: 'Kind',
        values: {
          day: { zh: '仅白天', en: 'Day only' },
          standby24: { zh: '24 小时备勤', en: '24 h standby' },
        },
      },
      bands: { zh: '班次', en: 'Bands' },
      adjoining: { zh: '两班须相连', en: 'Two bands adjoin' },
      active: { zh: '在用', en: 'In use' },
    },
  },
}
