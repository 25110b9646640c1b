// Finding by a mark, and opening. What was opened stands in this component alone and in no cache: it is gone when the
// time is up, when another search begins, and when the page is left.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useClient } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  Facts,
  Field,
  FieldForm,
  formatDay,
  formatDayTime,
  Panel,
  ProblemNote,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  findSubject,
  type MarkKind,
  markKinds,
  openSubject,
  subjectKindWords,
  valueKindWords,
} from '../contracts.ts'
import { OpenedCard } from './OpenedCard.tsx'
import { ProposeErasure } from './ProposeErasure.tsx'
import { subjectsWords } from './words.ts'

type Found = OutputOf<typeof findSubject>['subject']
type Opened = OutputOf<typeof openSubject>
interface Looking {
  kind: MarkKind
  text: string
  purpose: string
  caseRef: string
}

/** The searches and looks of this panel, one at a time. */
function useLooking(asked: Looking) {
  const client = useClient()
  const [found, setFound] = useState<Found | undefined>()
  const [opened, setOpened] = useState<Opened | 'closed' | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const { purpose, caseRef } = asked
  const during = async (work: () => Promise<void>) => {
    setBusy(true)
    setFault(null)
    try {
      await work()
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return {
    found,
    opened,
    fault,
    busy,
    close: () => setOpened('closed'),
    find: () =>
      during(async () => {
        setFound(undefined)
        setOpened(null)
        setFound((await client.ask(findSubject, asked)).subject)
      }),
    open: (subjectId: string) =>
      during(async () => setOpened(await client.ask(openSubject, { subjectId, purpose, caseRef }))),
  }
}

export function FindPanel() {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const [asked, setAsked] = useState<Looking>({ kind: 'idNumber', text: '', purpose: '', caseRef: '' })
  const looking = useLooking(asked)
  const { found, busy } = looking
  const change = (part: Partial<Looking>) => setAsked({ ...asked, ...part })
  // The number that was typed tells as much as what was opened.
  const close = () => {
    looking.close()
    change({ text: '' })
  }
  const ready =
    asked.text.trim() !== '' && asked.purpose.trim().length >= 2 && asked.caseRef.trim().length >= 2
  return (
    <Panel title={t('find')} note={t('findNote')} padded className="sub-find">
      <FieldForm
        label={t('find')}
        columns={2}
        onSubmit={() => {
          if (ready && !busy) void looking.find()
        }}
        error={looking.fault ? <ProblemNote error={looking.fault} safe="kept" /> : undefined}
        foot={
          <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
            {t('search')}
          </Button>
        }
      >
        <Field label={t('by')}>
          <Select
            value={asked.kind}
            onChange={kind => change({ kind })}
            options={markKinds.map(kind => ({ value: kind, label: valueKindWords[kind][lang] }))}
          />
        </Field>
        <Field label={t('text')} required>
          <TextInput
            value={asked.text}
            maxLength={600}
            autoComplete="off"
            spellCheck={false}
            onChange={text => change({ text })}
          />
        </Field>
        <Field label={t('purpose')} required hint={t('purposeHint')}>
          <TextInput value={asked.purpose} maxLength={500} onChange={purpose => change({ purpose })} />
        </Field>
        <Field label={t('caseRef')} required>
          <TextInput value={asked.caseRef} maxLength={60} onChange={caseRef => change({ caseRef })} />
        </Field>
      </FieldForm>
      <div role="status">{found === null ? <p>{t('nobody')}</p> : null}</div>
      {found ? <FoundCard key={found.subjectId} found={found} looking={{ ...looking, close }} /> : null}
    </Panel>
  )
}

function FoundCard({
  found,
  looking,
}: {
  found: NonNullable<Found>
  looking: ReturnType<typeof useLooking>
}) {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const { opened, busy } = looking
  const { subjectId, kind, madeAt, lastSeenOn } = found
  return (
    <section className="sub-card" aria-label={t('found')}>
      <h3>
        {t('found')} · {subjectKindWords[kind][lang]}
      </h3>
      <Facts
        facts={[
          { label: t('number'), value: <code>{subjectId}</code> },
          { label: t('firstSeen'), value: formatDayTime(madeAt, { lang }) },
          { label: t('lastSeen'), value: formatDay(lastSeenOn, { lang }) },
        ]}
      />
      {opened && opened !== 'closed' ? (
        <OpenedCard opened={opened} onClose={looking.close} />
      ) : (
        <div className="sub-acts">
          <Button type="primary" loading={busy} onClick={() => void looking.open(subjectId)}>
            {t('open')}
          </Button>
          <span role="status">{opened === 'closed' ? t('wasClosed') : ''}</span>
        </div>
      )}
      <ProposeErasure subjectId={subjectId} />
    </section>
  )
}
