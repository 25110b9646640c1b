// Keeping what came of a what-if: under a new name, or in the place of the one that was run again.
import { App, Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { Field, FormDrawer, ProblemNote, TextInput, useWords } from '../../../ui/index.ts'
import { renewWhatIf, saveWhatIf, type WhatIfResult } from '../contracts.ts'
import type { Asked, Origin } from './use-what-if.ts'
import { answerWords } from './what-if-words.ts'

export interface SaveProps {
  asked: Asked
  result: WhatIfResult
  /** The task's word that the result is its own. */
  voucher: string
  onKept: (origin: Origin) => void
}

export function WhatIfSave({ asked, result, voucher, onKept }: SaveProps) {
  const t = useWords(answerWords)
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const renew = useDo(renewWhatIf)
  const { origin, operationId, suppositions } = asked
  const found = { operationId, suppositions, result, voucher }
  return (
    <span className="wf-save">
      {renew.error ? <ProblemNote error={renew.error} safe="kept" /> : null}
      {origin ? (
        <Button
          loading={renew.isPending}
          onClick={() =>
            renew.mutate(
              { whatIfId: origin.whatIfId, revision: origin.revision, ...found },
              {
                onSuccess: () => {
                  onKept({ ...origin, revision: origin.revision + 1 })
                  void message.success(t('renewedDone', { name: origin.name }))
                },
              },
            )
          }
        >
          {t('renew', { name: origin.name })}
        </Button>
      ) : null}
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('save')}
      </Button>
      {open ? (
        <SaveDrawer
          {...{ asked, result, voucher }}
          onKept={kept => {
            setOpen(false)
            onKept(kept)
            void message.success(t('savedDone', { name: kept.name }))
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </span>
  )
}

function SaveDrawer({ asked, result, voucher, onKept, onClose }: SaveProps & { onClose: () => void }) {
  const t = useWords(answerWords)
  const [name, setName] = useState('')
  // One id for the drawer: the same save sent twice is one.
  const [whatIfId] = useState(newId)
  const save = useDo(saveWhatIf)
  const { operationId, suppositions } = asked
  const input = { whatIfId, operationId, name: name.trim(), suppositions, result, voucher }
  return (
    <FormDrawer
      title={t('saveTitle')}
      ok={t('save')}
      ready={name.trim() !== ''}
      doing={[save]}
      onSubmit={() =>
        save.mutate(input, { onSuccess: () => onKept({ whatIfId, revision: 1, name: name.trim() }) })
      }
      onClose={onClose}
    >
      <Field label={t('saveName')} required>
        <TextInput value={name} maxLength={60} onChange={setName} />
      </Field>
    </FormDrawer>
  )
}
