// What a module says of its pages; the app makes rail, routes and code splitting of it.
import type { ComponentType } from 'react'
import type { Both, Role } from '../kernel/contract.ts'

export interface PageDeclaration {
  /** `/people`, `/roster/print`; static, filters live in the search part of the address. */
  path: string
  title: Both
  roles: readonly Role[]
  /** In the rail of the desk, in this order, with an icon of `ui`'s rail set; absent for pages reached from others. */
  rail?: { order: number; icon: string }
  /** The path of the rail's page that it belongs to, where its own path does not begin with that. */
  under?: string
  /** `desk` in the desk's shell, `phone` in the phone's shell, `bare` alone (print, wall, sign-in). */
  shell: 'desk' | 'phone' | 'bare'
  /** The page of the phone that an officer lands on. */
  landing?: true
  load(): Promise<{ default: ComponentType }>
}
