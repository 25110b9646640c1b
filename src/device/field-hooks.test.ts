import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { afterHidden, hiddenMs } from './field-hooks.ts'

/** The page of a browser, as far as being seen goes. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as 'visible' | 'hidden' })
const turn = (to: 'visible' | 'hidden') => {
  page.visibilityState = to
  page.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.stubGlobal('document', page)
  page.visibilityState = 'visible'
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a screen that is left alone', () => {
  it('FLD27 is locked after ten minutes out of sight, and not before', () => {
    const lock = vi.fn()
    const stop = afterHidden(lock)
    turn('hidden')
    vi.advanceTimersByTime(hiddenMs - 1_000)
    turn('visible')
    vi.advanceTimersByTime(hiddenMs * 2)
    expect(lock).not.toHaveBeenCalled()
    turn('hidden')
    vi.advanceTimersByTime(hiddenMs)
    expect(lock).toHaveBeenCalledOnce()
    stop()
  })

  it('FLD27 also where the phone slept and ran no timer', () => {
    const lock = vi.fn()
    const stop = afterHidden(lock)
    turn('hidden')
    vi.setSystemTime(Date.now() + hiddenMs + 1)
    turn('visible')
    expect(lock).toHaveBeenCalledOnce()
    stop()
    turn('hidden')
    vi.advanceTimersByTime(hiddenMs * 2)
    expect(lock).toHaveBeenCalledOnce()
  })
})
