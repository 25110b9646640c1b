// The running search is remembered for the tab, so that a reload does not lose thirty seconds of work.
const kept = 'fangxian.roster.solve'

export function remembered(): string | null {
  try {
    return sessionStorage.getItem(kept)
  } catch {
    // Without storage the search is forgotten by a reload, and nothing else is lost.
    return null
  }
}

export function remember(taskId: string | null): void {
  try {
    if (taskId === null) sessionStorage.removeItem(kept)
    else sessionStorage.setItem(kept, taskId)
  } catch {
    // Storage may be refused in a private window; the search then lives as long as the page.
  }
}
