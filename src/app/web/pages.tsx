// Routes of everybody signed in: each page loads when it is opened, in the shell that it asks for.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  redirect,
  useRouterState,
} from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useSession } from '../../device/hooks.ts'
import type { Role } from '../../kernel/contract.ts'
import type { PageDeclaration } from '../../ui/page.ts'
import { SkeletonPanel } from '../../ui/components/states.tsx'
import { allPages } from './all-pages.ts'
import { DeskBones } from './desk-bones.tsx'
import { FieldFrame } from './field-frame.tsx'
import { NeedsNetwork } from './needs-network.tsx'
import { NoPage } from './no-page.tsx'

/** Asked, because a phone with a bar in its corner may reach nobody. */
const serverAnswers = () =>
  fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )

/** Pages of the desk are not kept on a phone. Without a network that is said, and no page stays blank. */
async function orNeedsNetwork<T>(
  loaded: Promise<{ default: T }>,
): Promise<{ default: T | typeof NeedsNetwork }> {
  try {
    return await loaded
  } catch (error) {
    if (await serverAnswers()) throw error
    return { default: NeedsNetwork }
  }
}

const DeskFrame = lazy(() => orNeedsNetwork(import('./desk-frame.tsx')))

/** Filters live in the address as plain texts; nothing is parsed into numbers behind a page's back. */
function searchFromText(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}
function searchToText(search: Record<string, unknown>): string {
  const shown = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') shown.set(key, String(value))
  }
  const text = shown.toString()
  return text ? `?${text}` : ''
}

export function mayOpen(page: PageDeclaration, roles: readonly Role[]): boolean {
  return page.roles.some(role => roles.includes(role))
}

/** Where somebody lands: the first page of the rail they may see; an officer, on the phone's own. */
function firstPage(roles: readonly Role[]): string {
  const seen = allPages.filter(page => mayOpen(page, roles))
  const onlyOfficer = roles.length === 1 && roles[0] === 'officer'
  if (onlyOfficer) return seen.find(page => page.landing)?.path ?? '/account'
  const rail = seen.filter(page => page.rail).sort((a, b) => (a.rail?.order ?? 0) - (b.rail?.order ?? 0))
  return rail[0]?.path ?? '/account'
}

function PagePending() {
  return <SkeletonPanel lines={12} />
}

/** Until the router knows where it is it draws nothing at all. */
function FirstPending({ children }: { children: ReactNode }) {
  const nowhere = useRouterState({ select: state => state.matches.length === 0 })
  return (
    <>
      {nowhere ? <DeskBones /> : null}
      {children}
    </>
  )
}

function makeRouter(roles: readonly Role[]) {
  const root = createRootRoute({ component: FieldFrame, notFoundComponent: NoPage })
  const desk = createRoute({
    id: 'desk',
    getParentRoute: () => root,
    component: () => (
      <Suspense fallback={<DeskBones />}>
        <DeskFrame />
      </Suspense>
    ),
  })
  const routeOf = (page: PageDeclaration, parent: typeof desk | typeof root) =>
    createRoute({
      getParentRoute: () => parent as typeof root,
      path: page.path,
      component: lazyRouteComponent(() => orNeedsNetwork(page.load())),
    })
  const shown = allPages.filter(page => mayOpen(page, roles))
  const deskRoutes = shown.filter(page => page.shell === 'desk').map(page => routeOf(page, desk))
  const otherRoutes = shown.filter(page => page.shell !== 'desk').map(page => routeOf(page, root))
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: firstPage(roles), replace: true })
    },
  })
  return createRouter({
    routeTree: root.addChildren([home, desk.addChildren(deskRoutes), ...otherRoutes]),
    parseSearch: searchFromText,
    stringifySearch: searchToText,
    defaultPreload: 'intent',
    // A page that is still on the way shows its lines after a moment; one that is there at once does not flicker.
    defaultPendingComponent: PagePending,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    InnerWrap: FirstPending,
  })
}

let router: { roles: string; made: ReturnType<typeof makeRouter> } | undefined

export default function Pages() {
  const { roles } = useSession()
  const key = roles.join()
  if (router?.roles !== key) router = { roles: key, made: makeRouter(roles) }
  return <RouterProvider router={router.made} />
}
