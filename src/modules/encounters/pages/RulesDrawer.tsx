// What posts go by: a new version for all posts or for one kind. Phones take it with their next shift, or at once online.
import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { DetailDrawer, Field, FormDrawer, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { type PostKind, postKindTitles } from '../../posts/contracts.ts'
import { type PostRules, tenths } from '../contracts.ts'
import { rules, setRules } from '../contracts-rules.ts'
import { deskWords } from './desk-words.ts'
import { usualRules } from './usual-rules.ts'

const kinds = [
  'checkpoint',
  'zoneGate',
  'buildingGate',
  'isolationHotel',
] as const satisfies readonly PostKind[]
type Kind = (typeof kinds)[number]
const all = 'all'
const asks = ['asksTemperature', 'asksCode', 'asksDisinfection'] as const
const texts = ['exempt', 'turnBackWords', 'objectionWords'] as const
const textMost = 500

export function RulesDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(deskWords)
  const found = useAsk(rules, {})
  const [kind, setKind] = useState<Kind | null>(null)
  if (!found.data) return <DetailDrawer open loading title={t('rules')} onClose={onClose} />
  const of = (one: Kind | null) => found.data?.rows.find(row => row.postId === null && row.postKind === one)
  const start = of(kind) ?? of(null)
  return (
    <RulesForm
      key={kind ?? all}
      start={start ?? usualRules}
      kind={kind}
      onKind={setKind}
      version={start?.version ?? 0}
      onClose={onClose}
    />
  )
}

interface RulesFormProps {
  start: PostRules
  version: number
  kind: Kind | null
  onKind: (kind: Kind | null) => void
  onClose: () => void
}

function RulesForm({ start, version, kind, onKind, onClose }: RulesFormProps) {
  const t = useWords(deskWords)
  const { lang } = useLang()
  const [fever, setFever] = useState((start.feverTenths / 10).toFixed(1))
  const [form, setForm] = useState(start)
  const save = useDo(setRules)
  const feverTenths = Math.round(Number(fever) * 10)
  const whole = /^\d{2}(\.\d)?$/.test(fever.trim()) && tenths.safeParse(feverTenths).success
  const submit = () => {
    const { version: _version, ...rest } = form
    save.mutate({ ...rest, feverTenths, postKind: kind, postId: null }, { onSuccess: onClose })
  }
  const options = [
    { value: all as string, label: t('ruleAll') },
    ...kinds.map(value => ({ value: value as string, label: postKindTitles[value][lang] })),
  ]
  return (
    <FormDrawer
      title={t('rules')}
      ok={t('saveRules')}
      ready={whole}
      doing={[save]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('ruleFor')} hint={version > 0 ? t('rulesNow', { n: version }) : t('rulesUsual')}>
        <Select<string>
          value={kind ?? all}
          options={options}
          onChange={next => onKind(kinds.find(one => one === next) ?? null)}
        />
      </Field>
      <Field label={t('feverFrom')} required error={whole ? undefined : t('feverRange')}>
        <TextInput inputMode="decimal" value={fever} onChange={setFever} />
      </Field>
      {asks.map(key => (
        <Checkbox
          key={key}
          checked={form[key]}
          onChange={event => setForm({ ...form, [key]: event.target.checked })}
        >
          {t(key)}
        </Checkbox>
      ))}
      {texts.map(key => (
        <Field key={key} label={t(key)} wide hint={key === 'exempt' ? t('exemptHint') : undefined}>
          <TextInput
            value={form[key]}
            maxLength={textMost}
            onChange={next => setForm({ ...form, [key]: next })}
          />
        </Field>
      ))}
    </FormDrawer>
  )
}
