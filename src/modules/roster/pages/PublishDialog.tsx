// Before publishing: what changes for whom, counted and listed. The same list without the button shows the difference.
import { Button, Modal } from 'antd'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  ErrorNote,
  Figure,
  ProblemNote,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { diff, publish } from '../contracts.ts'
import type { BoardView } from './board-layout.ts'
import { rosterWords } from './words.ts'

export interface PublishDialogProps {
  planId: string
  revision: number
  stale: boolean
  breaches: number
  open: number
  view: BoardView | undefined
  /** Only to be looked at. */
  readOnly: boolean
  timeZone: string
  onClose: () => void
  onDone: (version: number) => void
}

type Difference = OutputOf<typeof diff>

export function PublishDialog(props: PublishDialogProps) {
  const t = useWords(rosterWords)
  const { planId, revision, stale, breaches, open, readOnly } = props
  const found = useAsk(diff, { planId, limit: 200 })
  const command = useDo(publish)
  const send = async () => {
    const done = await command.mutateAsync({ planId, revision })
    props.onDone(done.version)
  }
  const blocked = stale || breaches > 0
  return (
    <Modal
      open
      width={680}
      title={readOnly ? t('differs') : t('publishTitle')}
      onCancel={props.onClose}
      footer={[
        <Button key="close" onClick={props.onClose}>
          {readOnly ? t('close') : t('cancel')}
        </Button>,
        ...(readOnly
          ? []
          : [
              <Button
                key="ok"
                type="primary"
                disabled={blocked || !found.data}
                loading={command.isPending}
                onClick={() => void send().catch(() => undefined)}
              >
                {t('publishOk', { n: found.data?.officers ?? 0 })}
              </Button>,
            ]),
      ]}
    >
      <div className="rb-dialog">
        {command.error ? <ProblemNote error={command.error} safe="kept" /> : null}
        {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
        {!readOnly && stale ? <ErrorNote tone="amber" what={t('publishStale')} /> : null}
        {!readOnly && breaches > 0 ? <ErrorNote what={t('publishBlocked', { n: breaches })} /> : null}
        {!readOnly && open > 0 ? <ErrorNote tone="amber" what={t('publishOpen', { n: open })} /> : null}
        {found.data ? <DifferenceView {...props} difference={found.data} /> : <SkeletonPanel lines={6} />}
      </div>
    </Modal>
  )
}

function DifferenceView({ difference, view, timeZone }: PublishDialogProps & { difference: Difference }) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const bandNames = new Map(
    view?.patterns.flatMap(one => one.bands.map(band => [band.key, band[lang]] as const)) ?? [],
  )
  const words = (duty: Difference['changes'][number]['before']) =>
    duty
      ? `${duty.postName} ${duty.bands.map(key => bandNames.get(key) ?? key).join(t('comma'))}`
      : t('dayOff')
  const figures: [string, number][] = [
    [t('added'), difference.added],
    [t('removed'), difference.removed],
    [t('unchanged'), difference.unchanged],
    [t('touched'), difference.officers],
    ...(difference.late > 0 ? [[t('late'), difference.late] as [string, number]] : []),
  ]
  const rest = difference.added + difference.removed - difference.changes.length
  return (
    <>
      <dl className="rb-figures">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Figure value={value} />
            </dd>
          </div>
        ))}
      </dl>
      <ol className="rb-changes">
        {difference.changes.slice(0, 60).map(change => (
          <li key={`${change.day} ${change.officerId}`}>
            <span className="fx-date">{format.day(change.day, { weekday: false })}</span>
            <b>{change.name}</b>
            <span className="rb-quiet">{words(change.before)}</span>
            <span aria-hidden="true">→</span>
            <span>{words(change.after)}</span>
          </li>
        ))}
      </ol>
      {rest > 0 && difference.changes.length > 60 ? (
        <p className="rb-quiet">{t('moreChanges', { n: rest })}</p>
      ) : null}
    </>
  )
}
