// What runs is remembered for the tab, so that a reload does not lose thirty seconds of work.

export interface KeptText {
  remembered: () => string | null
  remember: (text: string | null) => void
}

/** A text of the tab under a name of the roster. */
export function keptText(name: string): KeptText {
  const key = `fangxian.roster.${name}`
  return {
    remembered() {
      try {
        return sessionStorage.getItem(key)
      } catch {
        // Without storage it is forgotten by a reload, and nothing else is lost.
        return null
      }
    },
    remember(text) {
      try {
        if (text === null) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, text)
      } catch {
        // Storage may be refused in a private window; what is kept then lives as long as the page.
      }
    },
  }
}

export const { remembered, remember } = keptText('solve')
