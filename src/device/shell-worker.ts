// The page's side of the worker that keeps the phone's pages: registering it, and being told of a new version.
const address = '/service-worker.js'
const scope = '/'
/** Nobody waits longer for a new version at a start. */
const patienceMs = 1_500
const lookAgainMs = 3_600_000

const possible = () => window.isSecureContext && 'serviceWorker' in navigator

/**
 * At the start, before anything is shown or typed: a version that waits takes over, and the page begins anew with it.
 * Never later. Resolves when the page may go on.
 */
export async function newestShell(): Promise<void> {
  if (!possible() || !navigator.serviceWorker.controller) return
  const waiting = (await navigator.serviceWorker.getRegistration(scope))?.waiting
  if (!waiting) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, patienceMs)
    navigator.serviceWorker.addEventListener(
      'controllerchange',
      () => {
        clearTimeout(timer)
        location.reload()
      },
      { once: true },
    )
    waiting.postMessage({ takeOver: true })
  })
}

export interface ShellState {
  /** Everything that the phone's pages need is on the device. */
  ready: boolean
  /** A newer version is there too, for the next start. */
  newer: boolean
}

let state: ShellState = { ready: false, newer: false }
const listeners = new Set<() => void>()
export const shellState = (): ShellState => state
export function onShell(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
function tell(more: Partial<ShellState>): void {
  state = { ...state, ...more }
  for (const listener of listeners) listener()
}

let asked = false
/** Keeps the pages on this device, once what is on screen has been loaded: it must not share the line with them. */
export async function keepShell(): Promise<void> {
  if (asked || !possible()) return
  asked = true
  const registered = await navigator.serviceWorker.register(address, { scope, updateViaCache: 'none' })
  const look = () => tell({ ready: registered.active !== null, newer: registered.waiting !== null })
  const follow = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look)
  follow(registered.installing)
  registered.addEventListener('updatefound', () => follow(registered.installing))
  look()
  let looked = Date.now()
  // An app that is never closed hears of a new version too.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < lookAgainMs) return
    looked = Date.now()
    // Without a network there is nothing new to hear.
    void registered.update().catch(() => undefined)
  })
}

/** What a browser that can put the app on the home screen gives; shown by us, and not by it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}
let offered: InstallPrompt | null = null
const told = 'fangxian.install-told'

/** Called first of all: the browser says it once, early. */
export function awaitInstall(): void {
  window.addEventListener('beforeinstallprompt', event => {
    event.preventDefault()
    offered = event as InstallPrompt
    tell({})
  })
}

function wasTold(): boolean {
  try {
    return localStorage.getItem(told) !== null
  } catch {
    // Storage is refused: it would be said at every start, so rather never.
    return true
  }
}
/** Whether to offer it: once on a device, and only where the browser can. */
export const mayInstall = (): boolean => offered !== null && !wasTold()

/** Answered either way, it is not offered again. */
export async function answerInstall(install: boolean): Promise<void> {
  const prompt = offered
  offered = null
  localStorage.setItem(told, '1')
  tell({})
  if (install) await prompt?.prompt()
}
