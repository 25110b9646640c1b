// Tubes behind a figure: which, where, how many people, and what became of them.
import { Button } from 'antd'
import { useAsk, useClient, useSession } from '../../../device/hooks.ts'
import type { InputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  EmptyState,
  Figure,
  Icon,
  ProblemNote,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { tubeStateTitles, tubes } from '../contracts.ts'
import { screeningWords } from './words.ts'

export type TubesAsked = Partial<
  Pick<InputOf<typeof tubes>, 'postId' | 'roundId' | 'from' | 'until' | 'states'>
>
const rowsShown = 200

export function TubesTable({ asked }: { asked: TubesAsked }) {
  const t = useWords(screeningWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const client = useClient()
  const found = useAsk(tubes, { ...asked, limit: rowsShown }, { refetchSeconds: 60 })
  const rows = found.data?.rows ?? []
  const total = found.data?.total ?? 0
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  if (found.data && total === 0) return <EmptyState sentence={t('noTubes')} />
  return (
    <>
      <table className="sp-table">
        <thead>
          <tr>
            <th>{t('tubeCode')}</th>
            <th>{t('site')}</th>
            <th className="fx-end">{t('people')}</th>
            <th>{t('sealedAt')}</th>
            <th>{t('box')}</th>
            <th>{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.tubeId}>
              <td>{row.code}</td>
              <td>{row.postName}</td>
              <td className="fx-end">
                <Figure value={row.people} unit={t('unitPerson')} />
              </td>
              <td className="fx-date">{format.time(row.sealedAt)}</td>
              <td>{row.sealNumber ?? '—'}</td>
              <td data-state={row.state}>{tubeStateTitles[row.state][lang]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && rows.length > 0 ? <p>{t('more', { shown: rows.length, total })}</p> : null}
      <Button icon={<Icon name="download" />} href={client.fileUrl('screening.exportTubes', asked)}>
        {t('exportTubes')}
      </Button>
    </>
  )
}

export function TubesDrawer({
  title,
  asked,
  onClose,
}: {
  title: string
  asked: TubesAsked
  onClose: () => void
}) {
  return (
    <DetailDrawer open width={720} title={title} onClose={onClose}>
      <TubesTable asked={asked} />
    </DetailDrawer>
  )
}
