import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  Field,
  FormDrawer,
  ListPage,
  ProblemNote,
  SelectInput,
  TextInput,
  useConfirm,
  useFormat,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { addCamera, cameraList, removeCamera } from '../contracts.ts'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { useZoneOptions } from './parts.tsx'
import { cameraWords } from './camera-words.ts'

type Row = OutputOf<typeof cameraList>['rows'][number]

export default function CamerasPage() {
  return <PostsFrame>{running => <Cameras running={running} />}</PostsFrame>
}

function useColumns(today: string): Column<Row>[] {
  const t = useWords(cameraWords)
  const format = useFormat()
  const may = useMay(addCamera)
  return [
    { key: 'name', title: t('name'), width: 160, grow: 2, narrow: true, render: row => row.name },
    {
      key: 'covers',
      title: t('covers'),
      width: 200,
      grow: 3,
      narrow: true,
      render: row => row.covers || '—',
    },
    { key: 'zone', title: t('zone'), width: 120, render: row => row.zoneName ?? '—' },
    { key: 'added', title: t('addedOn'), width: 120, grow: 0, render: row => format.day(row.addedOn) },
    {
      key: 'removed',
      title: t('removedOn'),
      width: 140,
      grow: 0,
      narrow: true,
      render: row =>
        row.removedOn ? format.day(row.removedOn) : may ? <RemoveButton camera={row} today={today} /> : '—',
    },
  ]
}

function Cameras({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(cameraWords)
  const client = useClient()
  const may = useMay(addCamera)
  const list = useList(useAddress())
  const answer = useAsk(cameraList, { operationId, limit: 5_000, ...list.asked })
  const [adding, setAdding] = useState(false)
  return (
    <ListPage
      id="cameras"
      title={t('cameras')}
      counts={t('noRecognition')}
      answer={answer}
      rowKey={row => row.cameraId}
      rowName={row => row.name}
      columns={useColumns(running.dutyDay)}
      {...list.page}
      empty={{ sentence: t('empty'), example: t('example') }}
      first={may ? { label: t('add'), onClick: () => setAdding(true) } : undefined}
      file={() => client.fileUrl('posts.exportCameras', { operationId })}
    >
      {adding ? <AddDrawer running={running} onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}

function RemoveButton({ camera, today }: { camera: Row; today: string }) {
  const t = useWords(cameraWords)
  const remove = useDo(removeCamera)
  const [ask, confirm] = useConfirm()
  const click = async () => {
    const yes = await ask({
      title: t('removeAsk', { name: camera.name }),
      then: t('removeThen'),
      ok: t('remove'),
    })
    if (yes) remove.mutate({ cameraId: camera.cameraId, removedOn: today })
  }
  return (
    <span onClick={event => event.stopPropagation()} onKeyDown={event => event.stopPropagation()}>
      <Button size="small" loading={remove.isPending} onClick={() => void click()}>
        {t('remove')}
      </Button>
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      {confirm}
    </span>
  )
}

function AddDrawer({ running, onClose }: { running: Running; onClose: () => void }) {
  const t = useWords(cameraWords)
  const add = useDo(addCamera)
  const zones = useZoneOptions(running.operationId)
  const [name, setName] = useState('')
  const [covers, setCovers] = useState('')
  const [zoneId, setZoneId] = useState('')
  const [addedOn, setAddedOn] = useState(running.dutyDay)
  const ready = name.trim() !== '' && addedOn !== ''
  const submit = () => {
    const { operationId } = running
    const fields = { name: name.trim(), covers: covers.trim(), zoneId: zoneId || null, addedOn }
    add.mutate({ cameraId: newId(), operationId, ...fields }, { onSuccess: onClose })
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('add')}
      ok={t('add')}
      ready={ready}
      doing={[add]}
      onSubmit={submit}
    >
      <Field label={t('name')} required>
        <TextInput value={name} maxLength={80} onChange={setName} />
      </Field>
      <Field label={t('covers')} hint={t('noRecognition')}>
        <TextInput value={covers} maxLength={300} onChange={setCovers} />
      </Field>
      <Field label={t('zone')}>
        <SelectInput value={zoneId} options={zones} placeholder="—" onChange={setZoneId} />
      </Field>
      <Field label={t('addedOn')} required>
        <TextInput type="date" value={addedOn} onChange={setAddedOn} />
      </Field>
    </FormDrawer>
  )
}
