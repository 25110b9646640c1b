// One supposition: what, of what, how much, and on which days.
import { Checkbox } from 'antd'
import { useState } from 'react'
import { Field, FormDrawer, SelectInput, TextInput, useWords } from '../../../ui/index.ts'
import {
  ruleLimits,
  type SupposableRule,
  type Supposition,
  supposableRules,
  supposedPostsMost,
} from '../contracts.ts'
import { skillNames } from './skill-marks.ts'
import type { Supposables } from './WhatIfWork.tsx'
import { amountText, ruleUnit, shownValue } from './what-if-text.ts'
import { whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

export interface SuppositionDrawerProps {
  found: Supposables
  was: Supposition | null
  span: { fromDay: string; untilDay: string }
  onPut: (one: Supposition) => void
  onClose: () => void
}

const kinds = ['zones', 'rounds', 'absent', 'closed', 'rest'] as const
type Kind = Supposition['kind']
const kindWords = {
  zones: 'kindZones',
  rounds: 'kindRounds',
  absent: 'kindAbsent',
  closed: 'kindClosed',
  rest: 'kindRest',
} as const

/** The form as it is typed; numbers are texts until they are sent. */
export interface Draft {
  kind: Kind
  about: string
  number: string
  unitId: string
  skill: string
  weekdays: number[]
  rule: SupposableRule
  fromDay: string
  untilDay: string
}

function draftOf({ was, found, span }: SuppositionDrawerProps): Draft {
  const fresh: Draft = {
    kind: 'zones',
    about: found.zones.find(one => one.posts > 0 && one.heads > 0)?.zoneId ?? '',
    number: '',
    unitId: '',
    skill: '',
    weekdays: [2, 5],
    rule: 'minRestMinutes',
    ...span,
  }
  if (!was) return fresh
  if (was.kind === 'rest') {
    return { ...fresh, kind: 'rest', rule: was.rule, number: String(shownValue(was.rule, was.value)) }
  }
  const days = { fromDay: was.fromDay, untilDay: was.untilDay }
  if (was.kind === 'zones')
    return { ...fresh, ...days, kind: 'zones', about: was.likeZoneId, number: String(was.count) }
  if (was.kind === 'closed') return { ...fresh, ...days, kind: 'closed', about: was.postId }
  if (was.kind === 'rounds') {
    const { likePostId: about, weekdays } = was
    return { ...fresh, ...days, kind: 'rounds', about, weekdays, number: String(was.sites) }
  }
  const { unitId, skill } = was
  const who = { unitId: unitId ?? '', skill: skill ?? '' }
  return { ...fresh, ...days, ...who, kind: 'absent', number: String(was.people) }
}

/** What a number may be; null where there is none. */
function limitsOf(draft: Draft, found: Supposables): { least: number; most: number } | null {
  if (draft.kind === 'closed') return null
  if (draft.kind === 'rest') {
    const { least, most } = ruleLimits[draft.rule]
    return { least: shownValue(draft.rule, least), most: shownValue(draft.rule, most) }
  }
  if (draft.kind === 'rounds') return { least: 1, most: supposedPostsMost }
  if (draft.kind === 'zones') {
    const posts = found.zones.find(one => one.zoneId === draft.about)?.posts ?? 1
    return { least: 1, most: Math.max(1, Math.floor(supposedPostsMost / Math.max(1, posts))) }
  }
  const unit = found.units.find(one => one.unitId === draft.unitId)
  return { least: 1, most: Math.max(1, unit?.people ?? found.people) }
}

/** Ready to be sent, or null while something is missing or out of its limits. */
export function suppositionOf(
  draft: Draft,
  limits: { least: number; most: number } | null,
): Supposition | null {
  const { kind, about, fromDay, untilDay } = draft
  const number = Number(draft.number)
  const hours = kind === 'rest' && ruleUnit(draft.rule) === 'hour'
  const whole = hours ? Number.isInteger(number * 60) : Number.isInteger(number)
  if (limits && (draft.number.trim() === '' || !whole || number < limits.least || number > limits.most))
    return null
  if (kind === 'rest') return { kind, rule: draft.rule, value: hours ? Math.round(number * 60) : number }
  if (fromDay > untilDay || fromDay === '' || untilDay === '') return null
  const days = { fromDay, untilDay }
  if (kind === 'absent') {
    return { kind, people: number, unitId: draft.unitId || null, skill: draft.skill || null, ...days }
  }
  if (about === '') return null
  if (kind === 'zones') return { kind, count: number, likeZoneId: about, ...days }
  if (kind === 'closed') return { kind, postId: about, ...days }
  const { weekdays } = draft
  return weekdays.length === 0 ? null : { kind, weekdays, sites: number, likePostId: about, ...days }
}

export function SuppositionDrawer(props: SuppositionDrawerProps) {
  const { found, was, span, onPut, onClose } = props
  const t = useWords(whatIfWords)
  const [draft, setDraft] = useState(() => draftOf(props))
  const limits = limitsOf(draft, found)
  const inside = draft.fromDay >= span.fromDay && draft.untilDay <= span.untilDay
  const ready = suppositionOf(draft, limits)
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const turn = (kind: Kind) => {
    const zone = found.zones.find(one => one.posts > 0 && one.heads > 0)?.zoneId ?? ''
    const site = found.posts.find(one => one.kind === 'samplingSite' && one.heads > 0)?.postId ?? ''
    change({ kind, number: '', about: kind === 'zones' ? zone : kind === 'rounds' ? site : '' })
  }
  return (
    <FormDrawer
      title={t(was ? 'changeTitle' : 'addTitle')}
      ok={t(was ? 'putChange' : 'put')}
      ready={ready !== null && (inside || draft.kind === 'rest')}
      doing={[]}
      onSubmit={() => ready && onPut(ready)}
      onClose={onClose}
    >
      <Field label={t('kind')}>
        <SelectInput
          value={draft.kind}
          options={kinds.map(kind => ({ value: kind, label: t(kindWords[kind]) }))}
          onChange={kind => turn(kind as Kind)}
        />
      </Field>
      <AboutFields draft={draft} found={found} change={change} />
      {limits ? <NumberField {...{ draft, found, change, limits }} /> : null}
      {draft.kind === 'rest' ? null : (
        <>
          <Field label={t('fromDay')} required>
            <TextInput
              type="date"
              value={draft.fromDay}
              min={span.fromDay}
              max={span.untilDay}
              onChange={fromDay => change({ fromDay })}
            />
          </Field>
          <Field label={t('untilDay')} required error={inside ? undefined : t('outside')}>
            <TextInput
              type="date"
              value={draft.untilDay}
              min={span.fromDay}
              max={span.untilDay}
              onChange={untilDay => change({ untilDay })}
            />
          </Field>
        </>
      )}
    </FormDrawer>
  )
}

interface FieldsProps {
  draft: Draft
  found: Supposables
  change: (more: Partial<Draft>) => void
}

function NumberField({
  draft,
  found,
  change,
  limits,
}: FieldsProps & { limits: { least: number; most: number } }) {
  const t = useWords(whatIfWords)
  const words = {
    zones: t('zoneCount'),
    rounds: t('sites'),
    absent: t('absentPeople'),
    closed: '',
    rest: t('ruleValue', { unit: t(ruleUnit(draft.rule)) }),
  }
  const hints = {
    zones: t('zoneLimit', { most: supposedPostsMost }),
    rounds: t('zoneLimit', { most: supposedPostsMost }),
    absent: t('absentHint'),
    closed: undefined,
    rest: t('ruleNow', { amount: amountText(draft.rule, found.rules[draft.rule], t) }),
  }
  const number = Number(draft.number)
  const wrong = draft.number !== '' && !(number >= limits.least && number <= limits.most)
  return (
    <Field
      label={words[draft.kind]}
      required
      hint={hints[draft.kind]}
      error={wrong ? t('number', limits) : undefined}
    >
      <TextInput inputMode="decimal" value={draft.number} onChange={text => change({ number: text })} />
    </Field>
  )
}

/** What it is about: a zone, a post, people, or a rule. */
function AboutFields({ draft, found, change }: FieldsProps) {
  const t = useWords(whatIfWords)
  if (draft.kind === 'absent') return <AbsentFields {...{ draft, found, change }} />
  if (draft.kind === 'rest') {
    return (
      <Field label={t('rule')}>
        <SelectInput
          value={draft.rule}
          options={supposableRules.map(rule => ({ value: rule, label: t(rule) }))}
          onChange={rule => change({ rule: rule as SupposableRule, number: '' })}
        />
      </Field>
    )
  }
  const zone = draft.kind === 'zones'
  const options = zone ? zoneOptions(found, t) : postOptions(found, t, draft.kind === 'rounds')
  const none = zone ? t('noZones') : t('noPosts')
  const label = zone ? t('likeZone') : draft.kind === 'rounds' ? t('likePost') : t('closedPost')
  return (
    <>
      <Field label={label} required error={options.length === 0 ? none : undefined}>
        <SelectInput
          value={draft.about}
          placeholder={t('choose')}
          options={options}
          onChange={about => change({ about })}
        />
      </Field>
      {draft.kind === 'rounds' ? <WeekdayField {...{ draft, change }} /> : null}
    </>
  )
}

type T = ReturnType<typeof useWords<typeof whatIfWords>>

function zoneOptions(found: Supposables, t: T) {
  return found.zones
    .filter(one => one.posts > 0 && one.heads > 0)
    .map(({ zoneId, name, posts, heads, lifted }) => {
      const text = t('zoneOption', { name, posts, heads })
      return { value: zoneId, label: lifted ? t('zoneLifted', { text }) : text }
    })
}

/** Sampling sites first where sampling is meant; a post that needs nobody cannot be closed. */
function postOptions(found: Supposables, t: T, sampling: boolean) {
  return found.posts
    .filter(one => (sampling ? one.heads > 0 : one.needed))
    .sort((a, b) => (sampling ? Number(b.kind === 'samplingSite') - Number(a.kind === 'samplingSite') : 0))
    .map(({ postId, name, heads }) => ({ value: postId, label: t('postOption', { name, heads }) }))
}

function WeekdayField({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>) {
  const t = useWords(whatIfWords)
  const all = [1, 2, 3, 4, 5, 6, 7]
  return (
    <fieldset className="wf-weekdays">
      <legend>{t('weekdaysLabel')}</legend>
      {all.map(day => (
        <Checkbox
          key={day}
          checked={draft.weekdays.includes(day)}
          onChange={({ target }) =>
            change({
              weekdays: all.filter(one => (one === day ? target.checked : draft.weekdays.includes(one))),
            })
          }
        >
          {t(`weekday${day}` as 'weekday1')}
        </Checkbox>
      ))}
      {draft.weekdays.length === 0 ? <p className="fx-field-error">{t('chooseDay')}</p> : null}
    </fieldset>
  )
}

function AbsentFields({ draft, found, change }: FieldsProps) {
  const t = useWords(whatIfWords)
  const words = useWords(rosterWords)
  return (
    <>
      <Field label={t('absentUnit')}>
        <SelectInput
          value={draft.unitId}
          placeholder={t('anyUnit', { n: found.people })}
          options={found.units
            .filter(one => one.people > 0)
            .map(({ unitId, name, people: n }) => ({ value: unitId, label: t('unitOption', { name, n }) }))}
          onChange={unitId => change({ unitId })}
        />
      </Field>
      <Field label={t('absentSkill')}>
        <SelectInput
          value={draft.skill}
          placeholder={t('anySkill')}
          options={found.skills.map(({ skill, people: n }) => ({
            value: skill,
            label: t('unitOption', { name: skillNames(words, [skill])[0] ?? skill, n }),
          }))}
          onChange={skill => change({ skill })}
        />
      </Field>
    </>
  )
}
