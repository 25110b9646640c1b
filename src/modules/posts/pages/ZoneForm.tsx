import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { addDays } from '../../../kernel/time.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { openZone, type Position, type ZoneKind, zoneKinds, zoneKindTitles } from '../contracts.ts'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import type { Running } from './PostsFrame.tsx'
import { useUnitOptions } from './parts.tsx'
import { postsWords } from './words.ts'

interface Draft {
  name: string
  kind: ZoneKind
  orderNumber: string
  approver: string
  reason: string
  beginsAt: string
  plannedEndAt: string
  households: string
  unitId: string
}

type ZoneFormProps = { running: Running; polygon?: Position[]; onClose: () => void; onDone?: () => void }

/** The order that opens a zone: number, approver, reason, when it begins and is to end. */
export function ZoneForm({ running, polygon, onClose, onDone = onClose }: ZoneFormProps) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const open = useDo(openZone)
  const initial = (): Draft => ({
    name: '',
    kind: 'sealed',
    orderNumber: '',
    approver: '',
    reason: '',
    beginsAt: localOf(running.now, timeZone),
    plannedEndAt: `${addDays(running.dutyDay, 14)}T08:00`,
    households: '',
    unitId: '',
  })
  const [draft, setDraft, kept] = useKeptDraft({ form: 'zone new', initial, contract: openZone })
  const beginsAt = instantOf(draft.beginsAt, timeZone)
  const plannedEndAt = instantOf(draft.plannedEndAt, timeZone)
  const said = [draft.name, draft.orderNumber, draft.approver].every(text => text.trim() !== '')
  const ready = said && beginsAt !== null && plannedEndAt !== null
  const submit = () => {
    if (!ready) return
    const { name, kind, orderNumber, approver, reason, unitId } = draft
    open.mutate(
      {
        operationId: running.operationId,
        zoneId: newId(),
        name: name.trim(),
        kind,
        orderNumber,
        approver,
        reason,
        beginsAt,
        plannedEndAt,
        households: draft.households === '' ? null : Math.trunc(Number(draft.households)),
        unitId: unitId || null,
        polygon: polygon ?? null,
      },
      { onSuccess: kept.done(onDone) },
    )
  }
  return (
    <FormDrawer
      onClose={onClose}
      width={640}
      title={t('openZone')}
      subtitle={polygon ? t('drawn', { n: polygon.length }) : t('notDrawn')}
      ok={t('openZoneDo', { kind: zoneKindTitles[draft.kind][lang] })}
      ready={ready}
      doing={[open]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <ZoneFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
    </FormDrawer>
  )
}

function ZoneFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const units = useUnitOptions()
  const kinds = zoneKinds.map(kind => ({ value: kind, label: zoneKindTitles[kind][lang] }))
  return (
    <>
      <Field label={t('name')} required>
        <TextInput value={draft.name} maxLength={80} onChange={name => change({ name })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          options={kinds}
          onChange={kind => change({ kind: kind as ZoneKind })}
        />
      </Field>
      <Field label={t('orderNumber')} required>
        <TextInput
          value={draft.orderNumber}
          maxLength={60}
          placeholder={t('orderExample')}
          onChange={orderNumber => change({ orderNumber })}
        />
      </Field>
      <Field label={t('approver')} required>
        <TextInput value={draft.approver} maxLength={60} onChange={approver => change({ approver })} />
      </Field>
      <Field label={t('beginsAt')} required>
        <TextInput type="datetime-local" value={draft.beginsAt} onChange={beginsAt => change({ beginsAt })} />
      </Field>
      <Field label={t('plannedEndAt')} required>
        <TextInput
          type="datetime-local"
          value={draft.plannedEndAt}
          onChange={plannedEndAt => change({ plannedEndAt })}
        />
      </Field>
      <Field label={t('households')}>
        <TextInput
          type="number"
          min={0}
          value={draft.households}
          onChange={households => change({ households })}
        />
      </Field>
      <Field label={t('unit')}>
        <SelectInput
          value={draft.unitId}
          options={units}
          placeholder="—"
          onChange={unitId => change({ unitId })}
        />
      </Field>
      <Field label={t('reason')} wide>
        <TextArea value={draft.reason} maxLength={500} onChange={reason => change({ reason })} />
      </Field>
    </>
  )
}
