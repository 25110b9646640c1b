import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { makeCode } from '../../../device/one-time-code.ts'
import { DetailDrawer, formatDayTime, ProblemNote, useLang, useWords } from '../../../ui/index.ts'
import { openAccounts } from '../contracts.ts'
import type { Officer } from './labels.tsx'
import { peopleWords } from './words.ts'

interface Slip {
  officer: Officer
  code: string
}
interface Slips {
  slips: Slip[]
  before: number
  expiresAt: string
}

/** Opens sign-ins and shows each one-time code once, to be printed and handed over. */
export function AccountsDrawer({ selected, onClose }: { selected: Officer[]; onClose: () => void }) {
  const t = useWords(peopleWords)
  const open = useDo(openAccounts)
  const [made, setMade] = useState<Slips | null>(null)
  const submit = async () => {
    const slips = await Promise.all(selected.map(async officer => ({ officer, ...(await makeCode()) })))
    const officers = slips.map(({ officer, hash }) => ({
      officerId: officer.officerId,
      accountId: newId(),
      codeHash: hash,
    }))
    open.mutate(
      { officers },
      {
        onSuccess: ({ opened, expiresAt }) => {
          const own = slips.filter(slip => opened.includes(slip.officer.officerId))
          setMade({ slips: own, before: slips.length - own.length, expiresAt })
        },
      },
    )
  }
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('openAccounts')}
      footEnd={
        made ? (
          <Button type="primary" onClick={() => window.print()}>
            {t('printSlips')}
          </Button>
        ) : (
          <Button type="primary" loading={open.isPending} onClick={() => void submit()}>
            {t('openAccountsDo', { n: selected.length })}
          </Button>
        )
      }
    >
      {open.error ? <ProblemNote error={open.error} safe="kept" /> : null}
      {made ? <SlipTable made={made} /> : <p>{t('openAccountsSaid')}</p>}
    </DetailDrawer>
  )
}

function SlipTable({ made }: { made: Slips }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  return (
    <>
      <p role="status">
        {t('slipsMade', { n: made.slips.length, at: formatDayTime(made.expiresAt, { lang }) })}
        {made.before > 0 ? ` ${t('slipsBefore', { n: made.before })}` : null}
      </p>
      <table className="people-slips">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('badge')}</th>
            <th scope="col">{t('oneTimeCode')}</th>
          </tr>
        </thead>
        <tbody>
          {made.slips.map(({ officer, code }) => (
            <tr key={officer.officerId}>
              <td>{officer.name}</td>
              <td>{officer.badge}</td>
              <td>{code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
