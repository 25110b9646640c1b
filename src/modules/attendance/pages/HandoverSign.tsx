// The successor reads every figure, and signs or returns the page.
import { useState } from 'react'
import {
  BigButton,
  buzz,
  Field,
  FieldForm,
  PhoneCard,
  SelectInput,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  handoverCounts,
  handoverCountTitles,
  type HandoverView,
  type ItemKind,
  returnHandover,
  signHandover,
} from '../contracts.ts'
import { HandoverSheet } from './HandoverSheet.tsx'
import { handoverWords } from './handover-words.ts'
import type { StatedFacts } from './stated-facts.ts'

interface SignCardProps {
  page: HandoverView
  facts: StatedFacts
}

export function SignCard({ page, facts }: SignCardProps) {
  const t = useWords(handoverWords)
  const [returning, setReturning] = useState(false)
  const waits = facts.waitsFor(page.handoverId)
  const { handoverId, round } = page
  const sign = async () => {
    if ((await facts.state(signHandover, { handoverId, round }, page.postName)) !== null) buzz()
  }
  return (
    <section className="ho-sign">
      <PhoneCard icon="sign" attention title={t('howTo')} note={t('from', { name: page.giver.name })} />
      <HandoverSheet page={page} />
      {page.state !== 'given' ? null : returning ? (
        <ReturnForm page={page} facts={facts} onClose={() => setReturning(false)} />
      ) : (
        <>
          <BigButton
            title={t('sign')}
            says={t('signSays')}
            icon="sign"
            stacked
            disabled={waits}
            onClick={() => void sign()}
          />
          <BigButton
            title={t('giveBack')}
            says={t('giveBackSays')}
            tone="plain"
            disabled={waits}
            onClick={() => setReturning(true)}
          />
        </>
      )}
    </section>
  )
}

function useFigures(page: HandoverView) {
  const { lang } = useLang()
  return [
    ...page.items.map(one => ({
      ...{ value: `${one.kind} ${one.name}`, kind: one.kind as ItemKind | 'count', name: one.name },
      ...{ label: one.name, stated: one.counted },
    })),
    ...handoverCounts.map(key => ({
      ...{ value: `count ${key}`, kind: 'count' as const, name: key as string },
      ...{ label: handoverCountTitles[key][lang], stated: page.counts[key] },
    })),
  ]
}

function ReturnForm({ page, facts, onClose }: SignCardProps & { onClose: () => void }) {
  const t = useWords(handoverWords)
  const figures = useFigures(page)
  const [chosen, setChosen] = useState('')
  const [found, setFound] = useState('')
  const [why, setWhy] = useState('')
  const figure = figures.find(one => one.value === chosen)
  const number = /^\d{1,6}$/.test(found) ? Number(found) : null
  const whole = figure === undefined || (number !== null && number !== figure.stated)
  const submit = async () => {
    const { handoverId, round } = page
    const differences =
      figure && number !== null ? [{ kind: figure.kind, name: figure.name, found: number }] : []
    const input = { handoverId, round, why: why.trim(), differences }
    if ((await facts.state(returnHandover, input, page.postName)) === null) return
    buzz()
    onClose()
  }
  return (
    <>
      <FieldForm label={t('giveBack')}>
        <Field label={t('figure')}>
          <SelectInput
            value={chosen}
            placeholder={t('noFigure')}
            onChange={setChosen}
            options={figures.map(({ value, label, stated }) => ({ value, label: `${label} ${stated}` }))}
          />
        </Field>
        {figure ? (
          <Field label={t('found')} hint={t('stated', { n: figure.stated })} required>
            <TextInput inputMode="numeric" value={found} maxLength={6} onChange={setFound} />
          </Field>
        ) : null}
        <Field label={t('why')} required>
          <TextInput value={why} maxLength={200} onChange={setWhy} />
        </Field>
      </FieldForm>
      <BigButton
        title={t('giveBack')}
        icon="returned"
        disabled={!whole || why.trim().length < 2}
        onClick={() => void submit()}
      />
      <BigButton title={t('cancel')} tone="plain" onClick={onClose} />
    </>
  )
}
