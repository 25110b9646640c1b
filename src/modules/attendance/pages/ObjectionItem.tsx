// One objection to a closed loop at the desk, and its answer. What it says of health, only the health officer opens.
import { Button } from 'antd'
import { useState } from 'react'
import { useClient, useDo, useMay, useServerNow } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  Field,
  FieldForm,
  FormDrawer,
  ProblemNote,
  SelectInput,
  Signal,
  TextArea,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  decideObjection,
  type loops,
  objectionHealth,
  objectionOutcomes,
  objectionOutcomeTitles,
} from '../contracts.ts'
import { teamWords } from './team-words.ts'

type Objection = OutputOf<typeof loops>['rows'][number]['objections'][number]

export function ObjectionItem({ objection }: { objection: Objection }) {
  const t = useWords(teamWords)
  const { lang } = useLang()
  const format = useFormat()
  const now = useServerNow()
  const may = useMay(decideObjection)
  const mayOpen = useMay(objectionHealth)
  const [deciding, setDeciding] = useState(false)
  const { outcome, withdrawnAt, dueAt, onHealth } = objection
  const open = outcome === null && withdrawnAt === null
  const late = Date.parse(dueAt) <= now
  const time = `${format.day(dueAt, { weekday: false })} ${format.time(dueAt)}`
  return (
    <li>
      <div className="tm-head">
        <b>{objection.name}</b>{' '}
        <span className="at-quiet fx-date">{format.day(objection.raisedAt, { weekday: false })}</span>
      </div>
      {objection.text ? <p>{objection.text}</p> : null}
      {onHealth ? <p className="at-quiet">{t('onHealth')}</p> : null}
      {onHealth && mayOpen ? <HealthReason objectionId={objection.objectionId} /> : null}
      <p>
        {open ? (
          <>
            <Signal kind={late ? 'red' : 'amber'} size={14} /> {t(late ? 'overdue' : 'due', { time })}
          </>
        ) : null}
        {withdrawnAt ? <span className="at-quiet">{t('withdrawn')}</span> : null}
        {outcome ? (
          <>
            <Signal kind="green" size={14} /> {objectionOutcomeTitles[outcome][lang]}：{objection.why}
          </>
        ) : null}
      </p>
      {open && may ? (
        <Button size="small" onClick={() => setDeciding(true)}>
          {t('decide')}
        </Button>
      ) : null}
      {deciding ? <DecideForm objection={objection} onClose={() => setDeciding(false)} /> : null}
    </li>
  )
}

function HealthReason({ objectionId }: { objectionId: string }) {
  const t = useWords(teamWords)
  const client = useClient()
  const [purpose, setPurpose] = useState('')
  const [seen, setSeen] = useState<{ reason: string | null } | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  if (seen) return <p>{seen.reason ?? t('none')}</p>
  const open = () => {
    client.ask(objectionHealth, { objectionId, purpose: purpose.trim() }).then(setSeen, setProblem)
  }
  return (
    <FieldForm error={problem ? <ProblemNote error={problem} /> : undefined}>
      <Field
        label={t('purpose')}
        after={
          <Button disabled={purpose.trim().length < 2} onClick={open}>
            {t('openHealth')}
          </Button>
        }
      >
        <TextInput value={purpose} maxLength={500} onChange={setPurpose} />
      </Field>
    </FieldForm>
  )
}

function DecideForm({ objection, onClose }: { objection: Objection; onClose: () => void }) {
  const t = useWords(teamWords)
  const { lang } = useLang()
  const decide = useDo(decideObjection)
  const [outcome, setOutcome] = useState<(typeof objectionOutcomes)[number]>('upheld')
  const [why, setWhy] = useState('')
  return (
    <FormDrawer
      title={t('decide')}
      subtitle={objection.name}
      ok={t('decideDo')}
      ready={why.trim().length >= 2}
      doing={[decide]}
      onSubmit={() =>
        decide.mutate(
          { objectionId: objection.objectionId, outcome, why: why.trim() },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Field label={t('outcome')} required>
        <SelectInput
          value={outcome}
          onChange={next => setOutcome(next as typeof outcome)}
          options={objectionOutcomes.map(one => ({ value: one, label: objectionOutcomeTitles[one][lang] }))}
        />
      </Field>
      <Field label={t('why')} required>
        <TextArea rows={3} value={why} maxLength={300} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}
