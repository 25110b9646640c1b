import {
  Icon,
  NumberPad,
  Stepper,
  ToggleTile,
  typedTemperature,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import type { PostRules } from '../contracts.ts'
import { codeShownWords, directionWords, type PasserKind } from '../contracts-words.ts'
import {
  nextCode,
  nextDirection,
  peopleMost,
  shownMark,
  type Standing,
  standingOf,
  typed,
} from './check-entry.ts'
import { checkWords } from './check-words.ts'
import type { Checking } from './use-check.ts'

interface EntryGridProps {
  check: Checking
  rules: PostRules
  onMark: () => void
  onScan: () => void
}

const directionIcons = { in: 'right', out: 'left', through: 'arrow' } as const

/** Who, how many, how warm, and the three answers that are one tap each. */
export function EntryGrid({ check, rules, onMark, onScan }: EntryGridProps) {
  const t = useWords(checkWords)
  const { entry, setEntry } = check
  return (
    <>
      <div className="ck-who">
        <Passer check={check} passer="vehicle" />
        <Passer check={check} passer="person" />
        <button type="button" className="ck-mark" onClick={onMark}>
          <span className="fx-tile-label">{t(entry.passer === 'vehicle' ? 'plateLabel' : 'codeLabel')}</span>
          <strong data-empty={entry.mark === '' || undefined}>
            {entry.mark === '' ? t('nothingYet') : shownMark(entry.mark)}
          </strong>
        </button>
        <button type="button" className="ck-scan" aria-label={t('scan')} onClick={onScan}>
          <Icon name="scan" size={28} />
        </button>
      </div>
      <div className="ck-measure">
        <Stepper
          label={t(entry.passer === 'vehicle' ? 'aboard' : 'together')}
          labelled
          value={entry.people}
          unit={t('peopleUnit')}
          min={1}
          max={peopleMost}
          onChange={people => setEntry(before => ({ ...before, people }))}
        />
        <Temperature digits={entry.digits} standing={standingOf(entry, rules)} limit={rules.feverTenths} />
      </div>
      <NumberPad
        onDigit={digit => setEntry(before => typed(before, digit))}
        onBackspace={() => setEntry(before => ({ ...before, digits: before.digits.slice(0, -1) }))}
        onClear={() => setEntry(before => ({ ...before, digits: '', mark: '' }))}
        side={[
          <CodeTile key="code" check={check} />,
          <DirectionTile key="direction" check={check} />,
          <DisinfectedTile key="disinfected" check={check} />,
        ]}
      />
    </>
  )
}

function Passer({ check, passer }: { check: Checking; passer: PasserKind }) {
  const t = useWords(checkWords)
  const on = check.entry.passer === passer
  return (
    <button
      type="button"
      className="ck-passer"
      aria-pressed={on}
      onClick={() => check.setEntry(before => ({ ...before, passer }))}
    >
      {t(passer)}
    </button>
  )
}

function Temperature({ digits, standing, limit }: { digits: string; standing: Standing; limit: number }) {
  const t = useWords(checkWords)
  const text = (limit / 10).toFixed(1)
  const wrong = standing === 'fever' || standing === 'implausible'
  const notes = {
    empty: t('typeTemperature'),
    typing: '',
    implausible: t('implausible'),
    normal: t('normal'),
    fever: t('fever'),
  }
  return (
    <output className="ck-temperature" data-wrong={wrong || undefined} aria-label={t('temperature')}>
      <span className="ck-degrees">
        <strong>{typedTemperature(digits) || '—'}</strong>
        <span className="fx-unit">℃</span>
      </span>
      <span className="ck-standing">
        <strong data-tone={wrong ? 'amber' : standing === 'normal' ? 'green' : undefined}>
          {wrong ? (
            <Icon name="info" size={18} />
          ) : standing === 'normal' ? (
            <Icon name="tick" size={18} />
          ) : null}
          {notes[standing]}
        </strong>
        <span>
          {standing === 'fever'
            ? t('from', { limit: text })
            : standing === 'implausible'
              ? t('range')
              : t('below', { limit: text })}
        </span>
      </span>
    </output>
  )
}

function CodeTile({ check }: { check: Checking }) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { codeShown } = check.entry
  const usual = codeShown === 'green' || codeShown === 'notAsked'
  return (
    <ToggleTile
      label={t('code')}
      value={codeShownWords[codeShown][lang]}
      icon={usual ? 'tick' : 'info'}
      attention={!usual}
      onToggle={() => check.setEntry(nextCode)}
    />
  )
}

function DirectionTile({ check }: { check: Checking }) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { direction } = check.entry
  return (
    <ToggleTile
      label={t('direction')}
      value={directionWords[direction][lang]}
      icon={directionIcons[direction]}
      onToggle={() => check.setEntry(nextDirection)}
    />
  )
}

function DisinfectedTile({ check }: { check: Checking }) {
  const t = useWords(checkWords)
  const { disinfected } = check.entry
  return (
    <ToggleTile
      label={t('disinfection')}
      value={disinfected ? t('done') : t('notDone')}
      icon={disinfected ? 'tick' : 'minus'}
      attention={!disinfected}
      onToggle={() => check.setEntry(before => ({ ...before, disinfected: !before.disinfected }))}
    />
  )
}
