import { Button } from 'antd'
import { useState } from 'react'
import { useClient, useMay } from '../../../device/hooks.ts'
import { DetailDrawer, Field, FieldForm, TextInput, useWords } from '../../../ui/index.ts'
import { officerPhones } from '../contracts.ts'
import { peopleWords } from './words.ts'

type ExportProps = { filters: Record<string, unknown>; total: number; onClose: () => void }

/** Exports what is listed. Phones are opened only for a stated purpose. */
export function ExportDialog({ filters, total, onClose }: ExportProps) {
  const t = useWords(peopleWords)
  const client = useClient()
  const mayPhones = useMay(officerPhones)
  const [purpose, setPurpose] = useState('')
  const said = purpose.trim()
  const href = client.fileUrl('people.exportOfficers', {
    ...filters,
    ...(said.length >= 2 ? { purpose: said } : {}),
  })
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('exportTitle')}
      footEnd={
        <Button type="primary" href={href} download onClick={() => setTimeout(onClose, 0)}>
          {t('exportDo', { n: total })}
        </Button>
      }
    >
      <FieldForm>
        <p>{t('exportNote', { n: total })}</p>
        {mayPhones ? (
          <Field label={t('exportPurpose')} hint={t('exportPurposeHint')}>
            <TextInput value={purpose} maxLength={500} onChange={setPurpose} />
          </Field>
        ) : null}
      </FieldForm>
    </DetailDrawer>
  )
}
