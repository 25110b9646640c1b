import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useAsk, useDo, useMay, useSession } from '../../../device/hooks.ts'
import { DetailDrawer, DetailSection, Facts, ProblemNote, useLang, useWords } from '../../../ui/index.ts'
import { correct, entryKindTitles, log, pin } from '../contracts.ts'
import { Moment, type Running } from './CommandFrame.tsx'
import { EnclosureList } from './Enclosures.tsx'
import { EntryForm } from './EntryForm.tsx'
import { type EntryRow, useEntryText } from './LogPage.tsx'
import { commandWords, enclosureWords, logWords } from './words.ts'

const words = { ...commandWords, ...logWords, ...enclosureWords }

/** Its author corrects an entry, and the desk of the command post any. */
function useMayCorrect(row: EntryRow | undefined): boolean {
  const may = useMay(correct)
  const { roles } = useSession()
  if (!row || !may || row.authorName === null || row.correctedBy !== null) return false
  return row.mine || roles.includes('commander') || roles.includes('dutyOfficer')
}

export function EntryDrawer(props: { entryId: string; running: Running; onClose: () => void }) {
  const { entryId, running, onClose } = props
  const t = useWords(words)
  const { lang } = useLang()
  const answer = useAsk(log, { operationId: running.operationId, entryId })
  const row = answer.data?.rows.find(one => one.entryId === entryId)
  const mayCorrect = useMayCorrect(row)
  const mayPin = useMay(pin)
  const pinning = useDo(pin)
  const [correcting, setCorrecting] = useState(false)
  if (row && correcting)
    return <EntryForm running={running} corrects={row} onClose={() => setCorrecting(false)} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row ? t('entryNo', { n: row.n }) : ''}
      subtitle={row ? entryKindTitles[row.kind][lang] : undefined}
      loading={!row && answer.isPending}
      error={
        answer.error ? (
          <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
        ) : pinning.error ? (
          <ProblemNote error={pinning.error} />
        ) : undefined
      }
      footStart={
        row && mayPin ? (
          <Button
            loading={pinning.isPending}
            onClick={() => pinning.mutate({ entryId, pinned: !row.pinned })}
          >
            {row.pinned ? t('unpin') : t('pin')}
          </Button>
        ) : null
      }
      footEnd={
        mayCorrect ? (
          <Button type="primary" onClick={() => setCorrecting(true)}>
            {t('correct')}
          </Button>
        ) : null
      }
    >
      {row ? <EntryContent row={row} /> : null}
    </DetailDrawer>
  )
}

function EntryContent({ row }: { row: EntryRow }) {
  const t = useWords(words)
  const textOf = useEntryText()
  const { roles } = useSession()
  const desk = roles.includes('commander') || roles.includes('dutyOfficer')
  const standing = [
    row.correctedBy === null ? '' : t('correctedBy', { n: row.correctedBy }),
    row.corrects === null ? '' : t('corrects', { n: row.corrects }),
    row.pinned ? t('pinned') : '',
  ].filter(Boolean)
  return (
    <>
      <p className={row.correctedBy === null ? 'cmd-text' : 'cmd-text cmd-struck'}>{textOf(row)}</p>
      {standing.length > 0 ? <p className="cmd-quiet">{standing.join(' · ')}</p> : null}
      <Facts
        facts={[
          { label: t('happenedAt'), value: <Moment at={row.happenedAt} /> },
          {
            label: t('enteredAt'),
            value: <Moment at={row.enteredAt} />,
            ...(row.late ? { aside: t('late') } : {}),
          },
          { label: t('author'), value: row.authorName ?? t('system') },
          ...(row.unit ? [{ label: t('unit'), value: row.unit.name }] : []),
        ]}
      />
      <Links row={row} />
      {row.enclosures.length > 0 ? (
        <DetailSection title={t('enclosures')}>
          <EnclosureList enclosures={row.enclosures} mayRemove={row.mine || desk} />
        </DetailSection>
      ) : null}
    </>
  )
}

/** What the entry is about, each with the way to it. */
function Links({ row }: { row: EntryRow }) {
  const t = useWords(words)
  const go = useGo()
  const { directive, difficulty, post, zone, officer } = row
  const links = [
    post && { label: t('place'), name: post.name, to: `/posts?open=${post.id}` },
    zone && { label: t('zone'), name: zone.name, to: `/zones?open=${zone.id}` },
    officer && { label: t('officer'), name: officer.name, to: `/people?open=${officer.id}` },
    directive && { label: t('directive'), name: directive.name, to: `/directives?open=${directive.id}` },
    difficulty && {
      label: t('difficulty'),
      name: t('difficultyNo', { n: Number(difficulty.name) }),
      to: `/difficulties?open=${difficulty.id}`,
    },
  ].filter(one => one !== null)
  if (links.length === 0) return null
  return (
    <DetailSection title={t('about')}>
      <Facts
        facts={links.map(one => ({
          label: one.label,
          value: one.name,
          aside: (
            <Button size="small" onClick={() => go(one.to)}>
              {t('open')}
            </Button>
          ),
        }))}
      />
    </DetailSection>
  )
}
