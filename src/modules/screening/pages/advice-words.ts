// What a site is advised to do, in the same words on the phone and at the desk.
import { useWords, type Words } from '../../../ui/i18n.ts'
import type { AdviceAct, SiteNowView } from '../contracts.ts'

export const adviceWords = {
  openLane: {
    zh: '加开 {n} 台：半小时后约等 {wait} 分，负荷 {load}%',
    en: 'Open {n} more {n|lane|lanes}: about {wait} min in half an hour, load {load} %',
  },
  sendOfficers: { zh: '增派 {n} 名民警：排队 {queue} 人', en: 'Send {n} officers: {queue} in line' },
  divert: {
    zh: '每分钟分流 {n} 人到邻近采样点，否则半小时后约等 {wait} 分',
    en: 'Send {n} people a minute to the next site, or it is {wait} min in half an hour',
  },
  closeLane: {
    zh: '可关 {n} 台：半小时后约等 {wait} 分，负荷 {load}%',
    en: 'Close {n}: about {wait} min in half an hour, load {load} %',
  },
  keep: { zh: '保持现状', en: 'Keep it as it is' },
  noLane: { zh: '没有开放的采样台', en: 'No lane is open' },
  noFigures: { zh: '记一次排队人数后给出建议', en: 'Count the line once, then there is advice' },
  basis: {
    zh: '据近 {minutes} 分采样 {sampled} 人、每人 {seconds} 秒：每分钟来 {rate} 人，开 {lanes} 台',
    en: 'From {sampled} sampled in {minutes} min at {seconds} s each: {rate} come a minute, {lanes} {lanes|lane|lanes} open',
  },
} satisfies Words

const whole = (value: number) => String(Math.round(value))
const one = (value: number) => String(Math.round(value * 10) / 10)

/** Lines to read, the first the most urgent; and what they rest on. */
export function useAdvice(): (now: SiteNowView) => {
  acts: { act: AdviceAct['act'] | 'none'; text: string }[]
  basis: string | null
} {
  const t = useWords(adviceWords)
  const said = (act: AdviceAct): string => {
    if (act.act === 'openLane' || act.act === 'closeLane') {
      return t(act.act, { n: act.lanes, wait: whole(act.waitMinutes), load: whole(act.utilisation * 100) })
    }
    if (act.act === 'sendOfficers') return t('sendOfficers', { n: act.officers, queue: act.queue })
    if (act.act === 'divert')
      return t('divert', { n: one(act.peoplePerMinute), wait: whole(act.waitMinutes) })
    return t('keep')
  }
  return now => {
    const { pace, advice } = now
    const basis =
      pace &&
      t('basis', {
        minutes: whole(pace.minutes),
        sampled: pace.sampled,
        seconds: whole(pace.secondsPerPerson),
        rate: one(pace.arrivalsPerMinute),
        lanes: now.lanesOpen,
      })
    if (!advice) {
      const text = now.lanesOpen === 0 && pace ? t('noLane') : t('noFigures')
      return { acts: [{ act: 'none', text }], basis }
    }
    return { acts: advice.acts.map(act => ({ act: act.act, text: said(act) })), basis }
  }
}
