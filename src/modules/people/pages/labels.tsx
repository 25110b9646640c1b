// How officers are shown everywhere: kind, skills, and whether they are there.
import './people.css'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { formatDayTime, Signal, useLang, useWords } from '../../../ui/index.ts'
import {
  availabilityTitles,
  type demandSkills,
  type OfficerKind,
  officerKindTitles,
  type officers,
  skillTitles,
  type units,
} from '../contracts.ts'
import { peopleWords } from './words.ts'

export type Officer = OutputOf<typeof officers>['rows'][number]
export type Unit = OutputOf<typeof units>['rows'][number]

export function KindTag({ kind }: { kind: OfficerKind }) {
  const { lang } = useLang()
  return (
    <span className="fx-tag" data-kind={kind}>
      {officerKindTitles[kind][lang]}
    </span>
  )
}

export function SkillTags({ skills }: { skills: readonly (typeof demandSkills)[number][] }) {
  const { lang } = useLang()
  return (
    <>
      {skills.map(skill => (
        <span key={skill} className="fx-tag">
          {skillTitles[skill][lang]}
        </span>
      ))}
    </>
  )
}

export function Availability({ officer }: { officer: Officer }) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const { state, noNights, until, secondedTo } = officer.availability
  if (secondedTo && state === 'available') {
    return <span className="fx-available">{t('secondedTo', { where: secondedTo })}</span>
  }
  if (state === 'available') return <span className="fx-available">{availabilityTitles.available[lang]}</span>
  return (
    <span className="fx-available fx-tone-amber">
      <Signal kind="amber" size={14} />
      {availabilityTitles[state][lang]}
      {noNights ? `(${t('noNights')})` : ''}
      {until ? ` ${t('until', { when: formatDayTime(until, { lang, timeZone }) })}` : ''}
    </span>
  )
}

const linked = ['people', 'units', 'teams', 'partners'] as const
const paths = {
  people: '/people',
  units: '/people/units',
  teams: '/people/teams',
  partners: '/people/partners',
} as const

/** The four pages of this section, one click apart. */
export function SectionLinks({ here }: { here: (typeof linked)[number] }) {
  const t = useWords(peopleWords)
  const navigate = useNavigate()
  return (
    <nav className="fx-people-links" aria-label={t('people')}>
      {linked
        .filter(one => one !== here)
        .map(one => (
          <Button key={one} type="link" size="small" onClick={() => void navigate({ to: paths[one] })}>
            {t(one)}
          </Button>
        ))}
    </nav>
  )
}

/** Units for a select, indented as in the tree. */
export function unitOptions(rows: readonly Unit[]): { value: string; label: string }[] {
  return rows.map(row => ({ value: row.unitId, label: `${'　'.repeat(row.depth)}${row.shortName}` }))
}
