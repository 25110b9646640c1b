// Giving a hand-over on the phone: drafted from the last page, kept on the phone until it is sent.
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { newId } from '../../../device/client.ts'
import { useSession } from '../../../device/hooks.ts'
import {
  BigButton,
  buzz,
  Field,
  FieldForm,
  PhoneCard,
  PlainButton,
  SelectInput,
  TextArea,
  TextInput,
  useFormat,
  useWords,
} from '../../../ui/phone.ts'
import { giveHandover } from '../contracts.ts'
import { CountStrip, ItemRows } from './HandoverFigures.tsx'
import { draftOf, type Give, givenOf, type HandoverDraft, mattersBefore } from './handover-draft.ts'
import { handoverWords } from './handover-words.ts'
import { Returns } from './HandoverSheet.tsx'
import type { StatedFacts } from './stated-facts.ts'

interface GiveFormProps {
  give: Give
  facts: StatedFacts
}

export function GiveForm({ give, facts }: GiveFormProps) {
  const t = useWords(handoverWords)
  const { postId, from, page } = give
  const [draft, setDraft, kept] = useKeptDraft<HandoverDraft>({
    form: `handover ${postId} ${from.day} ${from.band} ${page?.round ?? 0}`,
    initial: () => draftOf(give),
    contract: giveHandover,
  })
  const chosen = give.successors.find(one => one.officerId === draft.successorId)
  const unsaid = Object.values(draft.closed).some(how => how.trim() === '')
  const submit = async () => {
    const saved = await facts.state(giveHandover, givenOf(give, draft), give.postName)
    if (saved !== null) kept.done(buzz)()
  }
  const text = (key: 'events' | 'orders' | 'mustKnow') => (
    <Field label={t(key)}>
      <TextArea
        rows={2}
        maxLength={1000}
        value={draft[key]}
        onChange={next => setDraft({ ...draft, [key]: next })}
      />
    </Field>
  )
  return (
    <>
      {page ? <Returns page={page} /> : null}
      <CountStrip draft={draft} onDraft={setDraft} />
      <Matters give={give} draft={draft} onDraft={setDraft} />
      <ItemRows draft={draft} onDraft={setDraft} />
      <FieldForm label={t('title')} kept={kept}>
        {text('events')}
        {text('orders')}
        {text('mustKnow')}
        <Field label={t('weather')}>
          <TextInput
            value={draft.weather}
            maxLength={20}
            onChange={weather => setDraft({ ...draft, weather })}
          />
        </Field>
        {give.successors.length > 1 ? (
          <Field label={t('successor')} required>
            <SelectInput
              value={draft.successorId}
              placeholder={t('choose')}
              onChange={successorId => setDraft({ ...draft, successorId })}
              options={give.successors.map(one => ({
                value: one.officerId,
                label: `${one.name} ${one.badge}`,
              }))}
            />
          </Field>
        ) : null}
      </FieldForm>
      {give.successors.length === 0 ? <PhoneCard icon="info" attention title={t('noSuccessor')} /> : null}
      <BigButton
        title={chosen ? t(page ? 'giveAgain' : 'give', { name: chosen.name }) : t('giveNobody')}
        says={t('giveSays')}
        icon="sign"
        stacked
        disabled={!chosen || unsaid || facts.waitsFor(draft.handoverId)}
        onClick={() => void submit()}
      />
    </>
  )
}

interface MattersProps {
  give: Give
  draft: HandoverDraft
  onDraft: (next: HandoverDraft) => void
}

/** Each stays open until somebody says how it ended. */
function Matters({ give, draft, onDraft }: MattersProps) {
  const t = useWords(handoverWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const close = (matterId: string, how: string) =>
    onDraft({ ...draft, closed: { ...draft.closed, [matterId]: how } })
  const reopen = (matterId: string) => {
    const { [matterId]: _how, ...closed } = draft.closed
    onDraft({ ...draft, closed })
  }
  const write = (matterId: string, text: string) =>
    onDraft({
      ...draft,
      opened: draft.opened.map(one => (one.matterId === matterId ? { matterId, text } : one)),
    })
  return (
    <section className="ho-matters" aria-label={t('matters')}>
      {mattersBefore(give).map(one => {
        const how = draft.closed[one.matterId]
        const note = [t('openMatter'), one.dueAt ? t('due', { time: format.time(one.dueAt) }) : '']
        return (
          <PhoneCard
            key={one.matterId}
            icon={how === undefined ? 'info' : 'tick'}
            title={one.text}
            note={how === undefined ? note.filter(Boolean).join(' · ') : undefined}
            aside={
              <PlainButton
                onClick={() => (how === undefined ? close(one.matterId, '') : reopen(one.matterId))}
              >
                {t(how === undefined ? 'close' : 'reopen')}
              </PlainButton>
            }
          >
            {how === undefined ? null : (
              <Field label={t('how')} required>
                <TextInput value={how} maxLength={200} onChange={next => close(one.matterId, next)} />
              </Field>
            )}
          </PhoneCard>
        )
      })}
      {draft.opened.map(one => (
        <div key={one.matterId} className="ho-new">
          <Field label={t('matterText')}>
            <TextInput value={one.text} maxLength={300} onChange={text => write(one.matterId, text)} />
          </Field>
          <PlainButton
            onClick={() =>
              onDraft({ ...draft, opened: draft.opened.filter(other => other.matterId !== one.matterId) })
            }
          >
            {t('remove')}
          </PlainButton>
        </div>
      ))}
      <PlainButton
        onClick={() => onDraft({ ...draft, opened: [...draft.opened, { matterId: newId(), text: '' }] })}
      >
        {t('addMatter')}
      </PlainButton>
    </section>
  )
}
