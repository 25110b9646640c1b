import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { problemLine, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { contactPhones } from '../contracts.ts'
import { postsWords } from './words.ts'

/** The number stays sealed until somebody says why it is needed; the look is logged. */
export function ContactPhone({ post }: { post: { postId: string; hasContactPhone: boolean } }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const may = useMay(contactPhones)
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const [purpose, setPurpose] = useState('')
  const answer = useAsk(contactPhones, { postIds: [post.postId], purpose }, { enabled: purpose !== '' })
  if (!post.hasContactPhone) return t('phoneNone')
  if (answer.data) return answer.data.phones[0]?.phone ?? t('phoneGone')
  if (answer.error) return <span className="fx-tone-red">{problemLine(answer.error, lang)}</span>
  if (!asking) {
    return (
      <Button size="small" disabled={!may} onClick={() => setAsking(true)}>
        {t('phoneShow')}
      </Button>
    )
  }
  return (
    <form
      className="fx-field-control"
      onSubmit={event => {
        event.preventDefault()
        setPurpose(typed.trim())
      }}
    >
      <TextInput
        autoFocus
        aria-label={t('phoneWhy')}
        placeholder={t('phoneWhy')}
        value={typed}
        maxLength={500}
        onChange={setTyped}
      />
      <Button size="small" htmlType="submit" disabled={typed.trim().length < 2} loading={answer.isFetching}>
        {t('phoneShow')}
      </Button>
    </form>
  )
}
