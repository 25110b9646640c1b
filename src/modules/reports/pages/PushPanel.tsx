// Push to this device and others of the account: turned on where one sits, turned off from anywhere.
import { Button } from 'antd'
import { useState } from 'react'
import { PushRefused, usePush } from '../../../device/push.ts'
import { DetailSection, ProblemNote, SkeletonPanel, useWords } from '../../../ui/index.ts'
import { At } from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'

/** The browser and the system out of what a browser says of itself; the rest is of no use to a reader. */
function deviceName(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)/.exec(agent)?.[1] ?? ''
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1] ?? ''
  return [browser, system].filter(Boolean).join(' · ')
}

export function PushPanel() {
  const t = useWords(alertWords)
  const { state, turnOn, turnOff } = usePush()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const { data } = state
  const act = async (work: () => Promise<void>) => {
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
  const publicKey = data?.publicKey
  const offers = data?.on && data.possible && data.here === null && publicKey
  return (
    <DetailSection title={t('push')} note={t('pushNote')}>
      {state.isPending ? <SkeletonPanel lines={2} /> : null}
      {state.error ? <ProblemNote error={state.error} onRetry={() => void state.refetch()} /> : null}
      {fault instanceof PushRefused ? <p role="alert">{t(fault.why)}</p> : null}
      {fault && !(fault instanceof PushRefused) ? <ProblemNote error={fault} /> : null}
      {data && !data.on ? <p>{t('pushOff')}</p> : null}
      {data?.on && !data.possible ? <p>{t('pushImpossible')}</p> : null}
      {offers ? (
        <p className="alert-acts">
          <Button loading={busy} onClick={() => void act(() => turnOn(publicKey))}>
            {t('pushHere')}
          </Button>
        </p>
      ) : null}
      <ul className="alert-devices">
        {data?.devices.map(one => (
          <li key={one.endpoint}>
            <span>
              {one.endpoint === data.here ? <strong>{t('thisDevice')} </strong> : null}
              {deviceName(one.agent)} <At instant={one.madeAt} />
            </span>
            <Button loading={busy} onClick={() => void act(() => turnOff(one.endpoint))}>
              {t('pushStop')}
            </Button>
          </li>
        ))}
      </ul>
    </DetailSection>
  )
}
