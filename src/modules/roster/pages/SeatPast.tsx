import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { RecordHistory } from '../../../ui/index.ts'
import { seatHistory } from '../contracts.ts'
import type { SeatPanelProps } from './SeatPanel.tsx'

/** Who was put in this place, taken off and locked, and by whom. */
export function SeatPast({ view, seat, plan, timeZone }: SeatPanelProps) {
  const may = useMay(seatHistory)
  const [open, setOpen] = useState(false)
  const { postId } = seat.row.post
  const asked = {
    operationId: view.operationId,
    planId: plan?.planId ?? null,
    postId,
    patternId: seat.row.pattern.patternId,
    bands: [...seat.chip.bands],
    day: view.days[seat.day] ?? '',
  }
  const answer = useAsk(seatHistory, asked, { enabled: may && open })
  return (
    <RecordHistory
      record={{ table: 'post', rowId: postId }}
      may={may}
      open={open}
      onOpen={setOpen}
      rows={answer.data?.rows ?? []}
      names={answer.data?.names ?? {}}
      loading={answer.isPending}
      error={answer.error}
      onRetry={() => void answer.refetch()}
      timeZone={timeZone}
    />
  )
}
