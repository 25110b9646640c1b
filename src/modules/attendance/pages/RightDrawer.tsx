// Entering what was not recorded, correcting times, and voiding: each with a reason that stays in the books.
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { instantAt } from '../../../kernel/time.ts'
import { Field, FormDrawer, SelectInput, TextInput, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { atPost, type SeatView, setRight, voidPresence } from '../contracts.ts'
import { attendanceWords } from './words.ts'

interface Seat {
  day: string
  patternId: string
  band: string
  label: string
}

interface RightDrawerProps {
  who: { officerId: string; name: string }
  postId: string
  /** The band that is meant; without one it is chosen among those of the post at `at`. */
  seat?: Seat
  presence?: SeatView['presence']
  at: string
  reviewId?: string
  onClose: () => void
}

/** `2021-11-04T08:05` by the clock of the agency, as the browser's own field takes it. */
function localOf(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(new Date(at)).replace(' ', 'T')
}
function instantOf(local: string, timeZone: string): string {
  const [day = '', time = ''] = local.split('T')
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return instantAt(timeZone, day, hour * 60 + minute)
}

function useBands(postId: string, at: string, seat: Seat | undefined): { bands: Seat[]; pending: boolean } {
  const { lang } = useLang()
  const format = useFormat()
  const found = useAsk(atPost, { postId, at }, { enabled: seat === undefined })
  if (seat) return { bands: [seat], pending: false }
  const bands = (found.data?.bands ?? []).map(one => ({
    day: one.day,
    patternId: one.patternId,
    band: one.band,
    label: `${one[lang]} ${format.span(one.begins, one.ends)}`,
  }))
  return { bands, pending: found.isPending }
}

export function RightDrawer(props: RightDrawerProps) {
  const { who, postId, seat, presence, at, reviewId, onClose } = props
  const t = useWords(attendanceWords)
  const { timeZone } = useSession().agency
  const { bands, pending } = useBands(postId, at, seat)
  const [band, setBand] = useState('')
  const [came, setCame] = useState(() => localOf(at, timeZone))
  const [left, setLeft] = useState(() => (presence?.leftAt ? localOf(presence.leftAt, timeZone) : ''))
  const [why, setWhy] = useState('')
  const save = useDo(setRight)
  const keyOf = (one: Seat) => `${one.day} ${one.patternId} ${one.band}`
  const chosen = bands.find(one => keyOf(one) === band) ?? bands[0]
  const submit = () => {
    if (!chosen) return
    const { day, patternId } = chosen
    const input = {
      presenceId: presence?.presenceId ?? newId(),
      ...{ officerId: who.officerId, postId, day, patternId, band: chosen.band },
      cameAt: instantOf(came, timeZone),
      leftAt: left ? instantOf(left, timeZone) : null,
      why,
      reviewId: reviewId ?? null,
    }
    save.mutate(input, { onSuccess: onClose })
  }
  return (
    <FormDrawer
      title={presence ? t('correct') : t('enter')}
      subtitle={who.name}
      ok={t('save')}
      ready={chosen !== undefined && came !== '' && why.trim().length >= 2}
      doing={[save]}
      onSubmit={submit}
      onClose={onClose}
      after={!pending && bands.length === 0 ? <p>{t('noBand')}</p> : undefined}
    >
      <Field label={t('bandField')}>
        <SelectInput
          value={chosen ? keyOf(chosen) : ''}
          onChange={setBand}
          options={bands.map(one => ({ value: keyOf(one), label: one.label }))}
        />
      </Field>
      <Field label={t('cameField')} required>
        <TextInput type="datetime-local" value={came} onChange={setCame} />
      </Field>
      <Field label={t('leftField')}>
        <TextInput type="datetime-local" value={left} onChange={setLeft} />
      </Field>
      <Field label={t('why')} required>
        <TextInput value={why} maxLength={200} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}

export function VoidDrawer(props: { presenceId: string; name: string; onClose: () => void }) {
  const { presenceId, name, onClose } = props
  const t = useWords(attendanceWords)
  const [why, setWhy] = useState('')
  const command = useDo(voidPresence)
  return (
    <FormDrawer
      title={t('voidAsk', { name })}
      subtitle={t('voidThen')}
      ok={t('voidIt')}
      danger
      ready={why.trim().length >= 2}
      doing={[command]}
      onSubmit={() => command.mutate({ presenceId, why }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label={t('why')} required>
        <TextInput value={why} maxLength={200} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}
