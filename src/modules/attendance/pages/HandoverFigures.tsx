// Figures of a hand-over under the thumb: counts of the band, supplies in steppers, equipment in tiles.
import { useState } from 'react'
import {
  Field,
  Icon,
  NumberPad,
  PlainButton,
  SelectInput,
  Stepper,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  handoverCounts,
  handoverCountTitles,
  type HandoverItem,
  type ItemKind,
  itemKinds,
} from '../contracts.ts'
import type { HandoverDraft } from './handover-draft.ts'
import { handoverWords } from './handover-words.ts'

const most = 1_000_000
const keyOf = (one: HandoverItem) => `${one.kind} ${one.name}`

export function useShould(): (one: HandoverItem) => string {
  const t = useWords(handoverWords)
  return ({ should, counted }) => {
    if (should === null) return t('fresh')
    if (should === counted) return t('equal', { n: should })
    return should > counted
      ? t('less', { n: should, by: should - counted })
      : t('more', { n: should, by: counted - should })
  }
}

interface FiguresProps {
  draft: HandoverDraft
  onDraft: (next: HandoverDraft) => void
}

/** Ours instead of the system's keyboard: one figure is typed at a time, and shown above the pad. */
function Pad({
  value,
  onValue,
  onDone,
}: {
  value: number
  onValue: (n: number) => void
  onDone: () => void
}) {
  const t = useWords(handoverWords)
  return (
    <div className="ho-pad">
      <NumberPad
        onDigit={digit => onValue(Math.min(most, value * 10 + Number(digit)))}
        onBackspace={() => onValue(Math.floor(value / 10))}
        onClear={() => onValue(0)}
      />
      <PlainButton onClick={onDone}>{t('done')}</PlainButton>
    </div>
  )
}

export function CountStrip({ draft, onDraft }: FiguresProps) {
  const t = useWords(handoverWords)
  const { lang } = useLang()
  const [typing, setTyping] = useState<(typeof handoverCounts)[number] | null>(null)
  return (
    <section aria-label={t('counts')}>
      <div className="ho-counts">
        {handoverCounts.map(key => (
          <button
            key={key}
            type="button"
            aria-expanded={typing === key}
            onClick={() => setTyping(typing === key ? null : key)}
          >
            <span>{handoverCountTitles[key][lang]}</span>
            <b>
              {draft.counts[key]} <i>{handoverCountTitles[key].unit[lang]}</i>
            </b>
          </button>
        ))}
      </div>
      {typing ? (
        <Pad
          value={draft.counts[typing]}
          onValue={n => onDraft({ ...draft, counts: { ...draft.counts, [typing]: n } })}
          onDone={() => setTyping(null)}
        />
      ) : null}
    </section>
  )
}

export function ItemRows({ draft, onDraft }: FiguresProps) {
  const should = useShould()
  const [typing, setTyping] = useState<string | null>(null)
  const put = (key: string, more: Partial<HandoverItem>) =>
    onDraft({ ...draft, items: draft.items.map(one => (keyOf(one) === key ? { ...one, ...more } : one)) })
  const stock = draft.items.filter(one => one.kind === 'stock')
  const equipment = draft.items.filter(one => one.kind === 'equipment')
  const row = (one: HandoverItem) => {
    const key = keyOf(one)
    const differs = one.should !== null && one.should !== one.counted
    return (
      <div key={key} className="ho-item" data-attention={differs || undefined}>
        <span>
          <b>{one.name}</b>
          <span className="ho-note">{should(one)}</span>
        </span>
        <Stepper
          label={one.name}
          value={one.counted}
          unit={one.unit}
          max={most}
          attention={differs}
          onChange={counted => put(key, { counted })}
          onType={() => setTyping(typing === key ? null : key)}
        />
        {typing === key ? (
          <Pad
            value={one.counted}
            onValue={counted => put(key, { counted })}
            onDone={() => setTyping(null)}
          />
        ) : null}
      </div>
    )
  }
  return (
    <>
      {stock.map(row)}
      <div className="ho-tiles">
        {equipment.map(one => (
          <Tile key={keyOf(one)} item={one} onItem={more => put(keyOf(one), more)} />
        ))}
      </div>
      <AddItem draft={draft} onDraft={onDraft} />
    </>
  )
}

/** `对讲机 2/2 完好`; opened, its count and condition can be changed. */
function Tile({ item, onItem }: { item: HandoverItem; onItem: (more: Partial<HandoverItem>) => void }) {
  const t = useWords(handoverWords)
  const [open, setOpen] = useState(false)
  const differs = item.should !== null && item.should !== item.counted
  return (
    <div className="ho-tile" data-open={open || undefined}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={differs ? 'info' : 'tick'} size={24} className={differs ? 'fx-card-amber' : 'ho-tick'} />
        <span>
          <b>
            {item.name} {item.counted}/{item.should ?? item.counted}
          </b>
          <span className="ho-note">{item.condition || t('intact')}</span>
        </span>
      </button>
      {open ? (
        <>
          <Stepper
            label={item.name}
            value={item.counted}
            unit={item.unit}
            max={most}
            attention={differs}
            onChange={counted => onItem({ counted })}
          />
          <Field label={t('condition')}>
            <TextInput value={item.condition} maxLength={60} onChange={condition => onItem({ condition })} />
          </Field>
        </>
      ) : null}
    </div>
  )
}

function AddItem({ draft, onDraft }: FiguresProps) {
  const t = useWords(handoverWords)
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<ItemKind>('stock')
  const [name, setName] = useState('')
  const [unit, setUnit] = useState('')
  const known = draft.items.some(one => one.kind === kind && one.name === name.trim())
  if (!open) return <PlainButton onClick={() => setOpen(true)}>{t('addItem')}</PlainButton>
  const add = () => {
    const item = { kind, name: name.trim(), unit: unit.trim(), should: null, counted: 0, condition: '' }
    onDraft({ ...draft, items: [...draft.items, item] })
    setName('')
    setOpen(false)
  }
  return (
    <div className="ho-add">
      <Field label={t('itemKind')}>
        <SelectInput
          value={kind}
          onChange={next => setKind(next === 'equipment' ? 'equipment' : 'stock')}
          options={itemKinds.map(value => ({ value, label: t(value) }))}
        />
      </Field>
      <Field label={t('itemName')}>
        <TextInput value={name} maxLength={40} onChange={setName} />
      </Field>
      <Field label={t('itemUnit')}>
        <TextInput value={unit} maxLength={8} onChange={setUnit} />
      </Field>
      <PlainButton disabled={name.trim() === '' || known} onClick={add}>
        {t('addItem')}
      </PlainButton>
    </div>
  )
}
