// Three taps: raise, what about, how urgent. The last one sends, so what else there is to say stands above it, folded
// until somebody has it to say.
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  Icon,
  PlainButton,
  SelectInput,
  TextArea,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  type DifficultyKind,
  difficultyKinds,
  difficultyKindTitles,
  raiseDifficulty,
  type Urgency,
  urgencies,
} from '../contracts.ts'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { taskWords } from './task-words.ts'

interface Post {
  postId: string
  name: string
  unitName: string
}
const sends = { urgent: 'sendUrgent', soon: 'sendSoon', ordinary: 'sendOrdinary' } as const

export function RaiseTask({ posts, onDone }: { posts: readonly Post[]; onDone: (what?: string) => void }) {
  const t = useWords(taskWords)
  const { lang } = useLang()
  const raise = useDo(raiseDifficulty)
  // Sent again after a failure it is the same difficulty, and not a second one.
  const [difficultyId] = useState(newId)
  const [postId, setPostId] = useState(posts[0]?.postId ?? '')
  const [kind, setKind] = useState<DifficultyKind | null>(null)
  const [text, setText] = useState('')
  const [enclosures, setEnclosures] = useState<NewEnclosure[]>([])
  const [more, setMore] = useState(false)
  const post = posts.find(one => one.postId === postId)
  const send = (urgency: Urgency) => {
    if (!kind || !post) return
    const said = t('raised', { kind: difficultyKindTitles[kind][lang], unit: post.unitName })
    raise.mutate(
      { difficultyId, postId, kind, urgency, text: text.trim(), enclosures },
      {
        onSuccess: () => {
          buzz()
          onDone(said)
        },
      },
    )
  }
  return (
    <div className="tk-list">
      <BackButton onBack={() => onDone()} />
      {posts.length > 1 ? (
        <Field label={t('which')}>
          <SelectInput
            value={postId}
            options={posts.map(one => ({ value: one.postId, label: one.name }))}
            onChange={setPostId}
          />
        </Field>
      ) : null}
      <KindTiles kind={kind} onKind={setKind} />
      {raise.error ? <ProblemNote error={raise.error} safe="kept" /> : null}
      {kind && post ? (
        <>
          {more ? (
            <>
              <Field label={t('more')} hint={t('notHealth')}>
                <TextArea rows={3} value={text} maxLength={1_000} onChange={setText} />
              </Field>
              <EnclosurePicker value={enclosures} onChange={setEnclosures} />
            </>
          ) : (
            <PlainButton onClick={() => setMore(true)}>
              <Icon name="camera" size={24} /> {t('addMore')}
            </PlainButton>
          )}
          <h2>{t('chooseUrgency')}</h2>
          {urgencies.map(one => (
            <BigButton
              key={one}
              tone={one === 'soon' ? 'filled' : 'plain'}
              title={t(sends[one])}
              says={t('sends', { kind: difficultyKindTitles[kind][lang], post: post.name })}
              disabled={raise.isPending}
              onClick={() => send(one)}
            />
          ))}
        </>
      ) : null}
    </div>
  )
}

function KindTiles({
  kind,
  onKind,
}: {
  kind: DifficultyKind | null
  onKind: (kind: DifficultyKind) => void
}) {
  const t = useWords(taskWords)
  const { lang } = useLang()
  return (
    <>
      <h2>{t('chooseKind')}</h2>
      <div className="tk-tiles">
        {difficultyKinds.map(one => (
          <button
            key={one}
            type="button"
            className="tk-tile"
            aria-pressed={one === kind}
            onClick={() => onKind(one)}
          >
            {difficultyKindTitles[one][lang]}
          </button>
        ))}
      </div>
    </>
  )
}
