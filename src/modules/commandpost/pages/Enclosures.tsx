// Photos and documents joined to a record, at the desk and on the phone: nothing here needs Ant Design.
import './enclosures.css'
import { useRef, useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useClient, useDo } from '../../../device/hooks.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { Field, FieldForm, Icon, PlainButton, TextInput, useWords } from '../../../ui/phone.ts'
import { enclosuresMost, removeEnclosure } from '../contracts.ts'
import { shrunk } from './shrink.ts'
import { enclosureWords } from './words.ts'

export interface NewEnclosure {
  enclosureId: string
  digest: string
  name: string
}
export interface Enclosure {
  enclosureId: string
  name: string
  contentType: string
  removedWhy: string | null
}

/** What the server takes; named one by one, so that a phone hands over its own formats as JPEG. */
const accepted = 'image/jpeg,image/png,image/webp,application/pdf'

interface Brought {
  digest: string
  name: string
}

function useBringing(value: readonly NewEnclosure[], onChange: (next: NewEnclosure[]) => void) {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const bring = async (files: readonly File[]) => {
    setBusy(true)
    setError(null)
    const next = [...value]
    try {
      for (const file of files.slice(0, enclosuresMost - value.length)) {
        const small = await shrunk(file)
        const brought = await client.upload<Brought>('commandpost.enclosure', small, file.name, {})
        next.push({ enclosureId: newId(), digest: brought.digest, name: brought.name })
        onChange([...next])
      }
    } catch (problem) {
      setError(problem)
    }
    setBusy(false)
  }
  return { busy, error, bring }
}

type PickerProps = { value: readonly NewEnclosure[]; onChange: (next: NewEnclosure[]) => void }

/** Brings files in as they are chosen, so that sending the form is short. */
export function EnclosurePicker({ value, onChange }: PickerProps) {
  const t = useWords(enclosureWords)
  const input = useRef<HTMLInputElement>(null)
  const { busy, error, bring } = useBringing(value, onChange)
  const full = value.length >= enclosuresMost
  return (
    <div className="cmd-picker">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted}
        aria-label={t('add')}
        onChange={event => {
          void bring([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <PlainButton disabled={busy || full} onClick={() => input.current?.click()}>
        <Icon name="camera" />
        {busy ? t('adding') : full ? t('full', { n: enclosuresMost }) : t('add')}
      </PlainButton>
      <span className="cmd-picker-hint">{t('addHint')}</span>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {value.length > 0 ? (
        <ul className="cmd-picked">
          {value.map(one => (
            <li key={one.enclosureId}>
              <Icon name="file" />
              <span>{one.name}</span>
              <button
                type="button"
                className="cmd-picked-out"
                aria-label={t('takeOut', { name: one.name })}
                onClick={() => onChange(value.filter(other => other !== one))}
              >
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** Pictures small in a row, documents by name; each opens whole. What was removed says why. */
export function EnclosureList({
  enclosures,
  mayRemove,
}: {
  enclosures: readonly Enclosure[]
  mayRemove?: boolean
}) {
  const t = useWords(enclosureWords)
  const client = useClient()
  const [removing, setRemoving] = useState<Enclosure | null>(null)
  if (enclosures.length === 0) return null
  return (
    <>
      <ul className="cmd-enclosures">
        {enclosures.map(one => {
          if (one.removedWhy !== null) {
            return (
              <li key={one.enclosureId} className="cmd-enclosure-gone">
                <Icon name="trash" />
                {t('removed', { why: one.removedWhy })}
              </li>
            )
          }
          const address = client.fileUrl('commandpost.enclosure', { enclosureId: one.enclosureId })
          return (
            <li key={one.enclosureId}>
              <a
                href={address}
                target="_blank"
                rel="noreferrer"
                aria-label={t('show', { name: one.name })}
                title={one.name}
              >
                {one.contentType.startsWith('image/') ? (
                  <img src={address} alt="" loading="lazy" />
                ) : (
                  <span className="cmd-enclosure-file">
                    <Icon name="file" size={20} />
                    {one.name}
                  </span>
                )}
              </a>
              {mayRemove ? (
                <button
                  type="button"
                  className="cmd-picked-out"
                  aria-label={t('takeOut', { name: one.name })}
                  onClick={() => setRemoving(one)}
                >
                  <Icon name="trash" size={14} />
                </button>
              ) : null}
            </li>
          )
        })}
      </ul>
      {removing ? <RemoveForm enclosure={removing} onClose={() => setRemoving(null)} /> : null}
    </>
  )
}

function RemoveForm({ enclosure, onClose }: { enclosure: Enclosure; onClose: () => void }) {
  const t = useWords(enclosureWords)
  const remove = useDo(removeEnclosure)
  const [why, setWhy] = useState('')
  const ready = why.trim().length >= 2
  const submit = () => {
    if (ready) remove.mutate({ enclosureId: enclosure.enclosureId, why: why.trim() }, { onSuccess: onClose })
  }
  return (
    <FieldForm
      label={t('removeAsk', { name: enclosure.name })}
      onSubmit={submit}
      error={remove.error ? <ProblemNote error={remove.error} safe="kept" /> : undefined}
      foot={
        <PlainButton filled disabled={!ready || remove.isPending} onClick={submit}>
          {t('remove')}
        </PlainButton>
      }
    >
      <Field label={t('removeWhy')} hint={t('removeThen')} required>
        <TextInput value={why} maxLength={200} onChange={setWhy} />
      </Field>
    </FieldForm>
  )
}
