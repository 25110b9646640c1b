// The site around the tube: the line in one tap, advice with what it rests on, what keeps order, and the lanes.
import { useState } from 'react'
import { useSession } from '../../../device/hooks.ts'
import {
  BigButton,
  buzz,
  Figure,
  NumberPad,
  PhoneCard,
  PlainButton,
  ToggleTile,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { checkKit, type KitItem, kitItems, kitTitles, noteQueue, setLane } from '../contracts.ts'
import { useAdvice } from './advice-words.ts'
import { phoneWords } from './phone-words.ts'
import type { SiteProps } from './SamplingPage.tsx'

export function SitePanels(props: SiteProps) {
  return (
    <>
      <Line {...props} />
      <Advice {...props} />
      <Kit {...props} />
      <Lanes {...props} />
    </>
  )
}

/** What an eye counts at a glance; each is one tap. */
const glances = [0, 5, 10, 20, 30, 50, 80, 120, 200]
const digitsMost = 4

function Line({ site, outbox }: SiteProps) {
  const t = useWords(phoneWords)
  const format = useFormat(useSession().agency.timeZone)
  const [digits, setDigits] = useState<string | null>(null)
  const { queue, queueAt } = site.now
  const note = (n: number) => {
    setDigits(null)
    void outbox
      .state(noteQueue, { postId: site.postId, queue: Math.min(5_000, n) }, t('queuePeople', { n }))
      .then(() => buzz())
  }
  return (
    <PhoneCard
      icon="people"
      title={t('queue')}
      note={queueAt ? t('queueAt', { time: format.time(queueAt), n: queue ?? 0 }) : t('queueNever')}
      aside={<PlainButton onClick={() => setDigits(digits === null ? '' : null)}>{t('exact')}</PlainButton>}
    >
      {digits === null ? (
        <div className="sm-glances">
          {glances.map(n => (
            <button key={n} type="button" onClick={() => note(n)} aria-label={t('queuePeople', { n })}>
              {n}
            </button>
          ))}
        </div>
      ) : (
        <>
          <output className="sm-digits">{digits || '0'}</output>
          <NumberPad
            onDigit={digit => setDigits((digits + digit).slice(0, digitsMost))}
            onBackspace={() => setDigits(digits.slice(0, -1))}
            onClear={() => setDigits('')}
          />
          <BigButton
            title={t('save')}
            says={t('queuePeople', { n: Number(digits) })}
            icon="tick"
            onClick={() => note(Number(digits))}
          />
        </>
      )}
    </PhoneCard>
  )
}

function Advice({ site }: SiteProps) {
  const t = useWords(phoneWords)
  const { acts, basis } = useAdvice()(site.now)
  const { advice } = site.now
  const [first, ...more] = acts
  const isUrgent = acts.some(one => one.act !== 'keep' && one.act !== 'closeLane' && one.act !== 'none')
  return (
    <PhoneCard icon="horn" attention={isUrgent} title={first?.text ?? t('advice')} note={basis}>
      {more.map(one => (
        <p key={one.act}>{one.text}</p>
      ))}
      {advice ? (
        <dl className="sm-waits">
          <div>
            <dt>{t('wait')}</dt>
            <dd>
              <Figure value={Math.round(advice.waitNow)} unit={t('minutes')} />
            </dd>
          </div>
          <div>
            <dt>{t('waitSoon')}</dt>
            <dd>
              <Figure value={Math.round(advice.waitSoon)} unit={t('minutes')} />
            </dd>
          </div>
        </dl>
      ) : null}
    </PhoneCard>
  )
}

function Kit({ site, outbox }: SiteProps) {
  const t = useWords(phoneWords)
  const { lang } = useLang()
  const { postId, day, band } = site
  const before = site.kit ?? { loudspeaker: false, cordon: false, oneMetre: false }
  // What was tapped a moment ago and is on its way stands before what the server said.
  const [tapped, setTapped] = useState<Partial<Record<KitItem, boolean>>>({})
  const kit = { ...before, ...tapped }
  const toggle = (item: KitItem) => {
    const next = { ...kit, [item]: !kit[item] }
    setTapped(next)
    const about = `${kitTitles[item][lang]} ${t(next[item] ? 'there' : 'missing')}`
    void outbox.state(checkKit, { postId, day, band, ...next }, about).then(() => buzz())
  }
  return (
    <section aria-label={t('kit')}>
      <h2>{t('kit')}</h2>
      <div className="sm-tiles">
        {kitItems.map(item => (
          <ToggleTile
            key={item}
            label={kitTitles[item][lang]}
            value={t(kit[item] ? 'there' : 'missing')}
            icon={kit[item] ? 'tick' : 'minus'}
            attention={!kit[item]}
            onToggle={() => toggle(item)}
          />
        ))}
      </div>
    </section>
  )
}

function Lanes({ site, outbox }: SiteProps) {
  const t = useWords(phoneWords)
  const [tapped, setTapped] = useState<Record<number, boolean>>({})
  if (site.lanes.length === 0) return null
  const toggle = (n: number, open: boolean) => {
    setTapped({ ...tapped, [n]: open })
    const about = t('laneSaid', { n, state: t(open ? 'laneOpen' : 'laneClosed') })
    void outbox.state(setLane, { postId: site.postId, lane: n, open }, about).then(() => buzz())
  }
  return (
    <section aria-label={t('lanes')}>
      <h2>{t('lanes')}</h2>
      <div className="sm-tiles">
        {site.lanes.map(lane => {
          const open = tapped[lane.n] ?? lane.open
          return (
            <ToggleTile
              key={lane.n}
              label={t('laneValue', { n: lane.n })}
              value={t(open ? 'laneOpen' : 'laneClosed')}
              icon={open ? 'tick' : 'minus'}
              onToggle={() => toggle(lane.n, !open)}
            />
          )
        })}
      </div>
    </section>
  )
}
