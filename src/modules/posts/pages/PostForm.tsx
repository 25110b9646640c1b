import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useLang, useWords } from '../../../ui/index.ts'
import {
  addPost,
  changePost,
  partnerKinds,
  partnerKindTitles,
  type PostKind,
  postKinds,
  postKindTitles,
} from '../contracts.ts'
import type { PostDetail } from './PostDrawer.tsx'
import { useUnitOptions, useZoneOptions } from './parts.tsx'
import { postsWords } from './words.ts'

interface Draft {
  code: string
  name: string
  kind: PostKind
  zoneId: string
  unitId: string
  address: string
  duties: string
  equipment: string
  contactName: string
  phone: string
  place: string
  partners: Record<(typeof partnerKinds)[number], string>
  closedLoop: boolean
  opensOn: string
  closesOn: string
}

function draftOf(post: PostDetail | undefined): Draft {
  const heads = (kind: (typeof partnerKinds)[number]) => String(post?.partnersExpected[kind] ?? 0)
  return {
    code: post?.code ?? '',
    name: post?.name ?? '',
    kind: post?.kind ?? 'checkpoint',
    zoneId: post?.zoneId ?? '',
    unitId: post?.unitId ?? '',
    address: post?.address ?? '',
    duties: post?.duties ?? '',
    equipment: post?.equipment ?? '',
    contactName: post?.contactName ?? '',
    phone: '',
    place: '',
    partners: {
      health: heads('health'),
      community: heads('community'),
      volunteer: heads('volunteer'),
      enterprise: heads('enterprise'),
    },
    closedLoop: post?.closedLoop ?? false,
    opensOn: post?.opensOn ?? '',
    closesOn: post?.closesOn ?? '',
  }
}

/** `107.1234,40.5678` → a place; undefined where the text is neither that nor empty. */
function placeOf(text: string): { lng: number; lat: number } | null | undefined {
  if (text.trim() === '') return null
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,,\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text)
  if (!found) return undefined
  const [lng, lat] = [Number(found[1]), Number(found[2])]
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? { lng, lat } : undefined
}

function fieldsOf(draft: Draft) {
  const heads = (text: string) => Math.max(0, Math.min(500, Math.trunc(Number(text) || 0)))
  return {
    code: draft.code.trim(),
    name: draft.name.trim(),
    kind: draft.kind,
    zoneId: draft.zoneId || null,
    unitId: draft.unitId,
    address: draft.address.trim(),
    duties: draft.duties.trim(),
    equipment: draft.equipment.trim(),
    contactName: draft.contactName.trim(),
    partnersExpected: {
      health: heads(draft.partners.health),
      community: heads(draft.partners.community),
      volunteer: heads(draft.partners.volunteer),
      enterprise: heads(draft.partners.enterprise),
    },
    closedLoop: draft.closedLoop,
    opensOn: draft.opensOn || null,
    closesOn: draft.closesOn || null,
  }
}

type PostFormProps = {
  operationId: string
  post?: PostDetail
  at?: { lng: number; lat: number }
  onClose: () => void
}

export function PostForm({ operationId, post, at, onClose }: PostFormProps) {
  const t = useWords(postsWords)
  const add = useDo(addPost)
  const change = useDo(changePost)
  const [draft, setDraft, kept] = useKeptDraft<Draft>({
    form: `post ${post?.postId ?? 'new'}`,
    initial: () => ({ ...draftOf(post), place: at ? `${at.lng},${at.lat}` : '' }),
    contract: addPost,
    // In the contract it is called contactPhone. A place clicked on the map stands over one that was typed.
    never: at ? ['phone', 'place'] : ['phone'],
  })
  const place = placeOf(draft.place)
  const ready =
    [draft.code, draft.name, draft.unitId].every(text => text.trim() !== '') && place !== undefined
  const submit = () => {
    if (!ready) return
    const phone = draft.phone.trim()
    const done = { onSuccess: kept.done(onClose) }
    if (post) {
      const contactPhone = phone === '' ? {} : { contactPhone: phone }
      change.mutate({ postId: post.postId, ...fieldsOf(draft), ...contactPhone }, done)
    } else {
      add.mutate(
        { operationId, postId: newId(), ...fieldsOf(draft), contactPhone: phone || null, place },
        done,
      )
    }
  }
  return (
    <FormDrawer
      onClose={onClose}
      width={640}
      title={post ? t('changePost') : t('addPost')}
      subtitle={post?.name}
      ok={post ? t('save') : t('addPost')}
      ready={ready}
      doing={[add, change]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <IdentityFields
        draft={draft}
        operationId={operationId}
        change={more => setDraft({ ...draft, ...more })}
      />
      {post ? null : (
        <Field
          label={t('place')}
          hint={t('placeHint')}
          error={place === undefined ? t('placeWrong') : undefined}
        >
          <TextInput value={draft.place} onChange={text => setDraft({ ...draft, place: text })} />
        </Field>
      )}
      <DutyFields
        draft={draft}
        hasPhone={post?.hasContactPhone ?? false}
        change={more => setDraft({ ...draft, ...more })}
      />
    </FormDrawer>
  )
}

type FieldsProps = { draft: Draft; change: (more: Partial<Draft>) => void }

function IdentityFields({ draft, change, operationId }: FieldsProps & { operationId: string }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const units = useUnitOptions()
  const zones = useZoneOptions(operationId)
  const kinds = postKinds.map(kind => ({ value: kind, label: postKindTitles[kind][lang] }))
  return (
    <>
      <Field label={t('code')} required>
        <TextInput
          value={draft.code}
          maxLength={20}
          placeholder="KK-001"
          onChange={code => change({ code })}
        />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          options={kinds}
          onChange={kind => change({ kind: kind as PostKind })}
        />
      </Field>
      <Field label={t('name')} required wide>
        <TextInput value={draft.name} maxLength={80} onChange={name => change({ name })} />
      </Field>
      <Field label={t('unit')} required>
        <SelectInput
          value={draft.unitId}
          options={units}
          placeholder="—"
          onChange={unitId => change({ unitId })}
        />
      </Field>
      <Field label={t('zone')}>
        <SelectInput
          value={draft.zoneId}
          options={zones}
          placeholder="—"
          onChange={zoneId => change({ zoneId })}
        />
      </Field>
      <Field label={t('address')} wide>
        <TextInput value={draft.address} maxLength={200} onChange={address => change({ address })} />
      </Field>
    </>
  )
}

function DutyFields({ draft, change, hasPhone }: FieldsProps & { hasPhone: boolean }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  return (
    <>
      <Field label={t('contact')}>
        <TextInput
          value={draft.contactName}
          maxLength={60}
          onChange={contactName => change({ contactName })}
        />
      </Field>
      <Field label={t('phone')} hint={hasPhone ? t('phoneKeep') : t('phoneHint')}>
        <TextInput value={draft.phone} maxLength={30} inputMode="tel" onChange={phone => change({ phone })} />
      </Field>
      <Field label={t('opensOn')}>
        <TextInput type="date" value={draft.opensOn} onChange={opensOn => change({ opensOn })} />
      </Field>
      <Field label={t('closesOn')}>
        <TextInput
          type="date"
          value={draft.closesOn}
          min={draft.opensOn}
          onChange={closesOn => change({ closesOn })}
        />
      </Field>
      {partnerKinds.map(kind => (
        <Field key={kind} label={`${t('partners')} · ${partnerKindTitles[kind][lang]}`}>
          <TextInput
            type="number"
            min={0}
            max={500}
            value={draft.partners[kind]}
            onChange={heads => change({ partners: { ...draft.partners, [kind]: heads } })}
          />
        </Field>
      ))}
      <Field label={t('closedLoop')} hint={t('closedLoopHint')} wide>
        <input
          type="checkbox"
          checked={draft.closedLoop}
          onChange={event => change({ closedLoop: event.target.checked })}
        />
      </Field>
      <Field label={t('duties')} wide>
        <TextArea value={draft.duties} maxLength={2_000} onChange={duties => change({ duties })} />
      </Field>
      <Field label={t('equipment')} wide>
        <TextArea
          value={draft.equipment}
          maxLength={500}
          rows={2}
          onChange={equipment => change({ equipment })}
        />
      </Field>
    </>
  )
}
