// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { TableWords } from '../../../ui/index.ts'
import {
  availabilityTitles,
  officerKindTitles,
  partnerKindTitles,
  sexTitles,
  skillTitles,
  teamKindTitles,
  unitKindTitles,
} from '../contracts.ts'

const span = {
  begins_on: { zh: '起始日期', en: 'From' },
  ends_on: { zh: '截止日期', en: 'Until' },
}
const withdrawn = { zh: '已撤回', en: 'Withdrawn' }

export const peopleFields: Record<string, TableWords> = {
  officer: {
    zh: '人员',
    en: 'Officer',
    hidden: ['officer_id', 'name_sort'],
    fields: {
      name: { zh: '姓名', en: 'Name' },
      badge: { zh: '警号', en: 'Badge' },
      kind: { zh: '人员类别', en: 'Kind', values: officerKindTitles },
      sex: { zh: '性别', en: 'Sex', values: sexTitles },
      unit_id: { zh: '所属单位', en: 'Unit' },
      title: { zh: '职务', en: 'Title' },
      phone: { zh: '联系电话', en: 'Phone' },
      home_agency: { zh: '派出单位', en: 'Home agency' },
      begins_on: { zh: '到岗日期', en: 'From' },
      ends_on: { zh: '离岗日期', en: 'Until' },
      active: { zh: '在册', en: 'On the books' },
    },
  },
  officer_skill: {
    zh: '资质',
    en: 'Skill',
    hidden: ['officer_id'],
    fields: {
      skill: { zh: '资质', en: 'Skill', values: skillTitles },
      valid_from: { zh: '生效日期', en: 'Valid from' },
      valid_until: { zh: '有效期至', en: 'Valid until' },
    },
  },
  availability: {
    zh: '可用情况',
    en: 'Availability',
    hidden: ['availability_id', 'officer_id'],
    fields: {
      state: { zh: '状态', en: 'State', values: availabilityTitles },
      no_nights: { zh: '不排夜班', en: 'No nights' },
      begins_at: { zh: '起始时间', en: 'From' },
      ends_at: { zh: '截止时间', en: 'Until' },
      reason: { zh: '事由', en: 'Reason' },
      withdrawn,
    },
  },
  secondment: {
    zh: '下沉、借调',
    en: 'Secondment',
    hidden: ['secondment_id', 'officer_id'],
    fields: { to_whom: { zh: '去向', en: 'To' }, ...span, withdrawn },
  },
  unit: {
    zh: '单位',
    en: 'Unit',
    hidden: ['unit_id'],
    fields: {
      name: { zh: '全称', en: 'Full name' },
      short_name: { zh: '简称', en: 'Short name' },
      kind: { zh: '类别', en: 'Kind', values: unitKindTitles },
      parent_id: { zh: '上级单位', en: 'Above it' },
      sort: { zh: '排序', en: 'Order' },
      lendable: { zh: '可抽调', en: 'May lend officers' },
      lng: { zh: '经度', en: 'Longitude' },
      lat: { zh: '纬度', en: 'Latitude' },
      active: { zh: '在用', en: 'In use' },
    },
  },
  team: {
    zh: '队伍',
    en: 'Team',
    hidden: ['team_id'],
    fields: {
      name: { zh: '队名', en: 'Name' },
      kind: { zh: '类别', en: 'Kind', values: teamKindTitles },
      leader_id: { zh: '负责人', en: 'Leader' },
      ...span,
    },
  },
  team_member: {
    zh: '队员',
    en: 'Member',
    hidden: ['team_id'],
    fields: { officer_id: { zh: '队员', en: 'Member' }, ...span },
  },
  partner: {
    zh: '联勤人员',
    en: 'Partner',
    hidden: ['partner_id'],
    fields: {
      name: { zh: '姓名', en: 'Name' },
      kind: { zh: '类别', en: 'Kind', values: partnerKindTitles },
      organisation: { zh: '所在单位', en: 'Organisation' },
      phone: { zh: '联系电话', en: 'Phone' },
      active: { zh: '在用', en: 'In use' },
    },
  },
}
