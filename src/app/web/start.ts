// How the app begins: a desk asks the server who it is; a phone shows at once what it keeps, and asks behind that.
import type { QueryClient } from '@tanstack/react-query'
import { Client } from '../../device/client.ts'
import type { DeviceKey } from '../../device/device-key.ts'
import type { Field } from '../../device/field.ts'
import { afterHidden } from '../../device/field-hooks.ts'
import type { Session } from '../../device/hooks.ts'
import { keepsField } from '../../device/is-phone.ts'
import { forgetRevoked } from '../../device/revoked-note.ts'
import { keepShell } from '../../device/shell-worker.ts'
import { Problem } from '../../kernel/contract.ts'
import { fieldQueries } from './field-queries.ts'

export type Where =
  | { at: 'opening' }
  | { at: 'noServer' }
  /** `pinSpent`: it was wrong too often, and only the password helps. */
  | { at: 'door'; pinSpent: boolean }
  /** This device was taken out of use: it hands in what it holds, and is wiped. `pinKey`: the phone's own, if at hand. */
  | { at: 'revoked'; accountId: string; pinKey: DeviceKey | null; wiped: boolean }
  /** The PIN is asked for before anything is shown. */
  | { at: 'locked' }
  /** `locked`: the PIN is asked for again, above what is open and stays as it is. */
  | { at: 'in'; session: Session; locked: boolean }

export class Start {
  readonly client: Client
  private readonly queries: QueryClient
  private readonly listeners = new Set<() => void>()
  private made: Promise<Field> | null = null
  private stands: Where = { at: 'opening' }
  private revoking = false

  constructor(queries: QueryClient) {
    this.queries = queries
    this.client = new Client({
      base: '',
      onSignedOut: () => void this.signedOut(),
      onRevoked: accountId => void this.revoked(accountId),
    })
  }

  readonly where = (): Where => this.stands
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }
  private go(where: Where): void {
    this.stands = where
    for (const listener of this.listeners) listener()
  }

  /** The phone's own store, loaded at its first use. */
  readonly source = (): Promise<Field> => {
    this.made ??= import('../../device/field.ts').then(({ Field: Made }) => {
      const field = new Made(this.client, this.queries, fieldQueries)
      field.subscribe(() => {
        const { locked } = field.view()
        if (this.stands.at === 'in' && this.stands.locked !== locked) this.go({ ...this.stands, locked })
      })
      afterHidden(() => field.lockNow())
      return field
    })
    return this.made
  }

  async begin(): Promise<void> {
    this.go({ at: 'opening' })
    if (keepsField()) {
      // Back on the network, the server is asked whether it still knows this session.
      window.addEventListener('online', () => void (this.stands.at === 'in' ? this.ask() : undefined))
      const begun = await (await this.source()).begin()
      if (begun.kind === 'locked') {
        this.go({ at: 'locked' })
        // Whoever holds it has not given the PIN, and may never: that it is revoked it hears all the same.
        void this.client.get('/api/session').catch(() => undefined)
        return
      }
      if (begun.kind === 'signIn') return this.go({ at: 'door', pinSpent: true })
      if (begun.kind === 'open') this.go({ at: 'in', session: begun.session, locked: false })
    }
    await this.ask()
  }

  /** The server says who it is. To whoever is in already it makes no difference that it does not answer. */
  readonly ask = async (): Promise<void> => {
    try {
      await this.entered(await this.client.get<Session>('/api/session'), false)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'kernel/device-revoked') return
      if (error.entry.status === 401) this.go({ at: 'door', pinSpent: false })
      else if (this.stands.at !== 'in') this.go({ at: 'noServer' })
    }
  }

  /** At the door, by the password. */
  readonly signedIn = (session: Session): void => {
    // What somebody else saw on this screen before is not his.
    this.queries.clear()
    void this.entered(session, true)
  }

  private async entered(session: Session, byPassword: boolean): Promise<void> {
    // A device that was wiped is in use again.
    forgetRevoked()
    const locked = !byPassword && this.stands.at === 'in' && this.stands.locked
    this.go({ at: 'in', session, locked })
    if (!keepsField() || session.mustChangePassword) return
    try {
      const field = await this.source()
      await (byPassword ? field.signedIn(session) : field.enter(session))
      await keepShell()
    } catch (error) {
      // Storage refused, or the network gone in between: the pages work as on a desk, and the next start tries again.
      console.warn('nothing is kept on this phone', error)
    }
  }

  /** The server says so to whatever is asked. Nothing of what is kept here is shown again, also without a network. */
  private async revoked(accountId: string): Promise<void> {
    if (this.stands.at === 'revoked' || this.revoking) return
    this.revoking = true
    try {
      const pinKey = keepsField() ? await (await this.source()).shut() : null
      this.queries.clear()
      this.go({ at: 'revoked', accountId, pinKey, wiped: false })
    } finally {
      this.revoking = false
    }
  }

  /** With the password, which opens what the PIN had sealed; somebody else signs in as on any device. */
  readonly signedInRevoked = (session: Session): void => {
    const { stands } = this
    if (stands.at !== 'revoked' || stands.accountId !== session.accountId) return this.signedIn(session)
    void this.source()
      .then(field => field.reopen(session.accountId))
      .then(pinKey => this.go({ ...stands, pinKey }))
      .catch((error: unknown) => console.warn('what is sealed here does not open', error))
  }

  readonly wiped = (): void => {
    if (this.stands.at === 'revoked') this.go({ ...this.stands, wiped: true })
  }

  private async signedOut(): Promise<void> {
    // It has signed itself out, and says on its page what happened.
    if (this.stands.at === 'revoked' && this.stands.wiped) return
    this.go({ at: 'door', pinSpent: false })
    if (keepsField()) await (await this.source()).forget()
  }

  /** How many tries are left; after a right PIN the pages are there. */
  readonly unlock = async (pin: string): Promise<number> => {
    const tried = await (await this.source()).unlock(pin)
    if (tried.session) {
      this.go({ at: 'in', session: tried.session, locked: false })
      void this.ask()
    } else if (tried.triesLeft === 0) {
      this.go({ at: 'door', pinSpent: true })
      // The cookie must not open what the PIN no longer does; without a network the next start asks again.
      void this.client.post('/api/sign-out', {}).catch(() => undefined)
    }
    return tried.session ? Number.POSITIVE_INFINITY : tried.triesLeft
  }

  /** The PIN is forgotten. */
  readonly giveUp = (): void => this.go({ at: 'door', pinSpent: false })
}
