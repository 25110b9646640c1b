import './subjects.css'
import { useMay } from '../../../device/hooks.ts'
import { useWords } from '../../../ui/index.ts'
import { findSubject, looksList } from '../contracts.ts'
import { ErasuresPanel } from './ErasuresPanel.tsx'
import { FindPanel } from './FindPanel.tsx'
import { LooksPanel } from './LooksPanel.tsx'
import { UnopenedPanel } from './UnopenedPanel.tsx'
import { subjectsWords } from './words.ts'

export default function SubjectsPage() {
  const t = useWords(subjectsWords)
  const opens = useMay(findSubject)
  const watches = useMay(looksList)
  return (
    <div className="sub-stack">
      <h1 className="fx-hidden">{t('title')}</h1>
      {opens ? <FindPanel /> : null}
      {opens ? <UnopenedPanel /> : null}
      {opens ? <ErasuresPanel /> : null}
      {watches ? <LooksPanel /> : null}
    </div>
  )
}
