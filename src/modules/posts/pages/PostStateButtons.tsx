import { Button } from 'antd'
import { useDo } from '../../../device/hooks.ts'
import { ProblemNote, useConfirm, useWords } from '../../../ui/index.ts'
import { type PostState, setPostState } from '../contracts.ts'
import { postsWords } from './words.ts'

type Chosen = { postId: string; name: string; state: PostState }
const acts = { active: 'setActive', paused: 'setPaused', closed: 'setClosed' } as const

/** Takes posts into use, pauses or closes them; each says how many and what follows before it is done. */
export function PostStateButtons(props: { rows: Chosen[]; today: string; onDone?: () => void }) {
  const { rows, today, onDone } = props
  const t = useWords(postsWords)
  const set = useDo(setPostState)
  const [ask, confirm] = useConfirm()
  const change = async (state: keyof typeof acts) => {
    const touched = rows.filter(row => row.state !== state)
    const yes = await ask({
      title: t('stateAsk', { act: t(acts[state]), n: touched.length }),
      what: touched
        .slice(0, 5)
        .map(row => row.name)
        .join('、'),
      then: t(`stateThen${state}`),
      ok: `${t(acts[state])} ${t('postCount', { n: touched.length })}`,
      danger: state === 'closed',
    })
    if (!yes) return
    set.mutate({ postIds: touched.map(row => row.postId), state, on: today }, { onSuccess: onDone })
  }
  return (
    <>
      {(['active', 'paused', 'closed'] as const).map(state => (
        <Button
          key={state}
          size="small"
          loading={set.isPending}
          disabled={rows.every(row => row.state === state)}
          onClick={() => void change(state)}
        >
          {t(acts[state])}
        </Button>
      ))}
      {set.error ? <ProblemNote error={set.error} safe="kept" /> : null}
      {confirm}
    </>
  )
}
