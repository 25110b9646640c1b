// Asking this browser to show what is pushed. The worker is registered here and nowhere else, under an address of its
// own, so that it stands in nobody's way.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Problem } from '../kernel/contract.ts'
import { useClient } from './hooks.ts'

const worker = '/push-worker.js'
const scope = '/push/'

export interface PushState {
  on: boolean
  publicKey: string | null
  devices: { endpoint: string; agent: string; madeAt: string }[]
  /** Whether this browser can do it: over HTTPS, and of a kind that has it. */
  possible: boolean
  /** The address of this browser, where it is one of the devices. */
  here: string | null
}

const possible = () =>
  window.isSecureContext &&
  'serviceWorker' in navigator &&
  'PushManager' in window &&
  'Notification' in window

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registered = await navigator.serviceWorker.getRegistration(scope)
  return (await registered?.pushManager.getSubscription()) ?? null
}

/** The address of this browser at its push service, where it has one. */
export async function pushedHere(): Promise<string | null> {
  if (!possible()) return null
  // A browser that does not say what it has must keep nobody from leaving.
  return (await subscriptionHere().catch(() => null))?.endpoint ?? null
}

const patienceMs = 2_000

/** Nothing more comes to this browser. The server has let go of it already; the push service is not waited for long. */
export async function endPushHere(): Promise<void> {
  if (!possible()) return
  const ended = subscriptionHere().then(found => found?.unsubscribe())
  await Promise.race([ended.catch(() => undefined), new Promise(done => setTimeout(done, patienceMs))])
}

/** Resolves once the worker can take a subscription. */
async function registeredWorker(): Promise<ServiceWorkerRegistration> {
  const registered = await navigator.serviceWorker.register(worker, { scope })
  const rising = registered.installing ?? registered.waiting
  if (!registered.active && rising) {
    await new Promise<void>(resolve => {
      rising.addEventListener('statechange', () => {
        if (rising.state === 'activated') resolve()
      })
    })
  }
  return registered
}

/** What went wrong, for the page to say: the person said no, or the browser could not reach its push service. */
export class PushRefused extends Error {
  readonly why: 'denied' | 'failed'
  constructor(why: 'denied' | 'failed', cause?: unknown) {
    super(`push ${why}`, { cause })
    this.why = why
  }
}

export function usePush() {
  const client = useClient()
  const queries = useQueryClient()
  const state = useQuery<PushState, Problem>({
    queryKey: ['push'],
    queryFn: async ({ signal }) => {
      const answer = await client.get<Omit<PushState, 'possible' | 'here'>>('/api/push', signal)
      const found = possible() ? await subscriptionHere() : null
      const here = answer.devices.find(one => one.endpoint === found?.endpoint)?.endpoint ?? null
      return { ...answer, possible: possible(), here }
    },
  })
  const again = useCallback(() => queries.invalidateQueries({ queryKey: ['push'] }), [queries])
  const turnOn = async (publicKey: string) => {
    if ((await Notification.requestPermission()) !== 'granted') throw new PushRefused('denied')
    let made: PushSubscription
    try {
      const registered = await registeredWorker()
      // Another key than the one it was made with: of a server that was set up anew.
      await (await registered.pushManager.getSubscription())?.unsubscribe()
      made = await registered.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: publicKey,
      })
    } catch (error) {
      throw new PushRefused('failed', error)
    }
    const { keys } = made.toJSON()
    await client.post('/api/push/subscribe', {
      endpoint: made.endpoint,
      keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    })
    await again()
  }
  const turnOff = async (endpoint: string) => {
    const found = possible() ? await subscriptionHere() : null
    if (found?.endpoint === endpoint) await found.unsubscribe()
    await client.post('/api/push/unsubscribe', { endpoint })
    await again()
  }
  return { state, turnOn, turnOff }
}

/** A click on what was pushed comes to the page that is open already: it goes where the message leads. */
export function onPushed(open: (link: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined
  const heard = ({ data }: MessageEvent<{ open?: unknown }>) => {
    if (typeof data?.open === 'string' && /^\/(?!\/)/.test(data.open)) open(data.open)
  }
  navigator.serviceWorker.addEventListener('message', heard)
  return () => navigator.serviceWorker.removeEventListener('message', heard)
}
