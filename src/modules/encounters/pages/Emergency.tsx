// After the red bar was touched: they are through; what it was can be told now or later.
import { useState } from 'react'
import { useSession } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import {
  BigButton,
  buzz,
  PlainButton,
  SaveLine,
  Stepper,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { describeEmergency } from '../contracts.ts'
import { emergencyKinds, emergencyKindWords } from '../contracts-words.ts'
import { peopleMost } from './check-entry.ts'
import { checkWords } from './check-words.ts'
import type { Passage } from './use-emergency.ts'

type Kind = (typeof emergencyKinds)[number] | 'mistake'

export function Emergency(props: { passage: Passage; outbox: UsedOutbox; onDone: () => void }) {
  const { passage, outbox, onDone } = props
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const [people, setPeople] = useState(1)
  const [failed, setFailed] = useState(false)
  const describe = async (emergency: Kind) => {
    try {
      const input = { emergencyId: passage.emergencyId, emergency, people, note: '' }
      await outbox.state(describeEmergency, input, t('emergency'))
      buzz()
      onDone()
    } catch {
      setFailed(true)
    }
  }
  const said = passage.saved && !failed ? t('passedAt', { at: format.time(passage.at) }) : t('notSaved')
  return (
    <div className="ck-page">
      <SaveLine>{said}</SaveLine>
      <h2 className="ck-title">{t('whatWasIt')}</h2>
      <Stepper
        label={t('people', { n: people })}
        value={people}
        unit={t('peopleUnit')}
        min={1}
        max={peopleMost}
        onChange={setPeople}
      />
      <div className="ck-choices">
        {emergencyKinds.map(kind => (
          <PlainButton key={kind} onClick={() => void describe(kind)}>
            {emergencyKindWords[kind][lang]}
          </PlainButton>
        ))}
      </div>
      <PlainButton onClick={() => void describe('mistake')}>{t('mistake')}</PlainButton>
      <BigButton title={t('later')} tone="plain" onClick={onDone} />
    </div>
  )
}
