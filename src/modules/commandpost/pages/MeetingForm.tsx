import { newId } from '../../../device/client.ts'
import { useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, TextArea, TextInput, useWords } from '../../../ui/index.ts'
import { changeMeeting, decisionsMost, recordMeeting } from '../contracts.ts'
import type { Running } from './CommandFrame.tsx'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import type { Meeting } from './MeetingDrawer.tsx'
import { meetingWords } from './visit-words.ts'
import { commandWords, enclosureWords } from './words.ts'

const words = { ...commandWords, ...enclosureWords, ...meetingWords }

interface Draft {
  title: string
  heldAt: string
  place: string
  chair: string
  attendees: string
  minutes: string
  decisions: string
  enclosures: NewEnclosure[]
}

/** One decision a line; empty lines are none. */
export const decisionsOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .slice(0, decisionsMost)
    .map(line => ({ decisionId: newId(), text: line.slice(0, 1_000) }))

type FormProps = { running: Running; meeting?: Meeting; onClose: () => void }

function useSend({ running, meeting }: FormProps, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const [record, change] = [useDo(recordMeeting), useDo(changeMeeting)]
  const heldAt = instantOf(draft.heldAt, timeZone)
  const ready = heldAt !== null && [draft.title, draft.place, draft.chair].every(one => one.trim() !== '')
  const submit = () => {
    if (!heldAt) return
    const { title, place, chair, attendees, minutes, decisions, enclosures } = draft
    const head = {
      heldAt,
      title: title.trim(),
      place: place.trim(),
      chair: chair.trim(),
      attendees: attendees.trim(),
      minutes: minutes.trim(),
    }
    const done = { onSuccess: onDone }
    if (meeting) change.mutate({ meetingId: meeting.meetingId, ...head }, done)
    else {
      const { operationId } = running
      record.mutate(
        { meetingId: newId(), operationId, ...head, decisions: decisionsOf(decisions), enclosures },
        done,
      )
    }
  }
  return { ready, submit, doing: [record, change] }
}

/** Records a meeting, or changes the minutes of one; its decisions are only added to. */
export function MeetingForm(props: FormProps) {
  const { meeting, onClose } = props
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const initial = (): Draft => ({
    title: meeting?.title ?? '',
    heldAt: localOf(meeting?.heldAt ?? new Date(clock.now()).toISOString(), timeZone),
    place: meeting?.place ?? '',
    chair: meeting?.chair ?? '',
    attendees: meeting?.attendees ?? '',
    minutes: meeting?.minutes ?? '',
    decisions: '',
    enclosures: [],
  })
  const form = meeting ? `meeting ${meeting.meetingId}` : 'meeting new'
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: recordMeeting })
  const { ready, submit, doing } = useSend(props, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  return (
    <FormDrawer
      onClose={onClose}
      width={720}
      title={meeting ? t('change') : t('record')}
      ok={meeting ? t('changeDo') : t('recordDo')}
      ready={ready}
      doing={doing}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <HeadFields draft={draft} change={change} />
      <Field label={t('minutes')} wide>
        <TextArea
          rows={8}
          value={draft.minutes}
          maxLength={10_000}
          onChange={one => change({ minutes: one })}
        />
      </Field>
      {meeting ? null : (
        <>
          <Field label={t('decisions')} hint={t('decisionsHint')} wide>
            <TextArea
              rows={5}
              value={draft.decisions}
              maxLength={20_000}
              onChange={decisions => change({ decisions })}
            />
          </Field>
          <Field label={t('enclosures')} wide>
            <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
          </Field>
        </>
      )}
    </FormDrawer>
  )
}

function HeadFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(words)
  return (
    <>
      <Field label={t('title')} required>
        <TextInput
          value={draft.title}
          maxLength={100}
          placeholder={t('titleExample')}
          onChange={title => change({ title })}
        />
      </Field>
      <Field label={t('heldAt')} required>
        <TextInput type="datetime-local" value={draft.heldAt} onChange={heldAt => change({ heldAt })} />
      </Field>
      <Field label={t('where')} required>
        <TextInput value={draft.place} maxLength={60} onChange={place => change({ place })} />
      </Field>
      <Field label={t('chair')} required>
        <TextInput value={draft.chair} maxLength={60} onChange={chair => change({ chair })} />
      </Field>
      <Field label={t('attendees')} wide>
        <TextArea
          rows={2}
          value={draft.attendees}
          maxLength={1_000}
          onChange={attendees => change({ attendees })}
        />
      </Field>
    </>
  )
}
