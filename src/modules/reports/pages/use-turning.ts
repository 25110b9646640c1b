import { useEffect, useState } from 'react'

const turnMs = 12_000

/** Which of `many` panels is shown: they turn by themselves; space stops and starts, arrows turn by hand and stop. */
export function useTurning(many: number): { at: number; stopped: boolean } {
  const [at, setAt] = useState(0)
  const [stopped, setStopped] = useState(false)
  useEffect(() => {
    const turn = (by: number) => setAt(before => (before + by + many) % many)
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      if (event.key === ' ') {
        // A button under the focus is still pressed by it.
        if (event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        setStopped(before => !before)
      } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
        setStopped(true)
        turn(event.key === 'ArrowRight' ? 1 : -1)
      }
    }
    window.addEventListener('keydown', onKey)
    const timer = stopped ? undefined : setInterval(() => turn(1), turnMs)
    return () => {
      window.removeEventListener('keydown', onKey)
      clearInterval(timer)
    }
  }, [many, stopped])
  return { at, stopped }
}
