// A box: every tube of the site that lies in none, the seal, and who takes it.
import { useState } from 'react'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  PhoneCard,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { codeFaultTitles, packBox, readCode } from '../contracts.ts'
import { phoneWords } from './phone-words.ts'
import type { SiteProps } from './SamplingPage.tsx'

export function PackForm({ site, outbox, onBack }: SiteProps & { onBack: () => void }) {
  const t = useWords(phoneWords)
  const { lang } = useLang()
  const [seal, setSeal] = useState('')
  const [to, setTo] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const tubes = site.unboxed
  const pack = async () => {
    const read = readCode(seal)
    if ('fault' in read) return setFault(t('unreadable', { why: codeFaultTitles[read.fault][lang] }))
    const fact = { postId: site.postId, sealNumber: read.code, handedTo: to.trim(), tubes }
    const about = t('aboutBox', { seal: read.code, n: tubes.length })
    const kept = await outbox.state(packBox, fact, about).then(
      () => true,
      () => false,
    )
    if (!kept) return setFault(t('notSaved'))
    buzz()
    onBack()
  }
  return (
    <>
      <BackButton onBack={onBack} />
      {fault ? <PhoneCard icon="returned" attention title={fault} /> : null}
      <Field label={t('sealNumber')}>
        <TextInput value={seal} onChange={setSeal} />
      </Field>
      <Field label={t('handedTo')}>
        <TextInput value={to} onChange={setTo} maxLength={60} />
      </Field>
      <BigButton
        title={t('packDo', { n: tubes.length })}
        says={to.trim() ? t('packSays', { to: to.trim() }) : null}
        icon="lock"
        disabled={seal.trim() === '' || to.trim() === '' || tubes.length === 0}
        onClick={() => void pack()}
      />
      <p className="sm-codes">{tubes.join('  ')}</p>
    </>
  )
}
