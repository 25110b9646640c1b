// The desk around every desk page: strip, bar, rail, search. Asks only what stands in the bar.
import './desk-print.css'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useAsk, useLive, useMay, useServerNow, useSession } from '../../device/hooks.ts'
import { useSignOut } from '../../device/sign-out.ts'
import { alerts } from '../../kernel/books/contracts.ts'
import { roleTitles } from '../../kernel/contract.ts'
import { revokers } from '../../modules/devices/contracts.ts'
import { currentOperation } from '../../modules/operations/contracts.ts'
import { AlertWatcher } from '../../modules/reports/pages/AlertWatcher.tsx'
import {
  CommandPalette,
  DeskProvider,
  DeskShell,
  FieldWordsProvider,
  type IconName,
  type RailItem,
  useFormat,
  useLang,
  useWords,
} from '../../ui/index.ts'
import { allFields } from './all-fields.ts'
import { allPages } from './all-pages.ts'
import { frameWords } from './frame-words.ts'
import { mayOpen } from './pages.tsx'
import { useSearchEverything } from './search.ts'

export default function DeskFrame() {
  return (
    <DeskProvider>
      <FieldWordsProvider value={allFields}>
        <Frame />
      </FieldWordsProvider>
    </DeskProvider>
  )
}

function useSections(): RailItem[] {
  const { lang } = useLang()
  const { roles } = useSession()
  return useMemo(
    () =>
      allPages
        .filter(page => page.rail && mayOpen(page, roles))
        .sort((a, b) => (a.rail?.order ?? 0) - (b.rail?.order ?? 0))
        .map(page => ({
          key: page.path,
          label: page.title[lang],
          icon: (page.rail?.icon ?? 'system') as IconName,
          href: page.path,
        })),
    [lang, roles],
  )
}

/** The rail's entry that an address belongs to; the window is named after the page. */
function useSection(path: string, sections: RailItem[]): RailItem | undefined {
  const { lang } = useLang()
  const t = useWords(frameWords)
  const page = allPages.find(one => one.path === path)
  const title = page?.title[lang]
  useEffect(() => {
    document.title = title ? `${title} · ${t('product')}` : t('product')
  }, [title, t])
  const at = page?.under ?? path
  return sections.filter(item => at === item.href || at.startsWith(`${item.href}/`)).at(-1)
}

function useUserMenu() {
  const t = useWords(frameWords)
  const signOut = useSignOut()
  const navigate = useNavigate()
  const mayDevices = useMay(revokers)
  const menu = [
    { key: 'account', label: t('account') },
    ...(mayDevices ? [{ key: 'devices', label: t('devices') }] : []),
    { type: 'divider' as const },
    { key: 'signOut', label: t('signOut') },
  ]
  const onMenu = (key: string) => {
    if (key === 'account') void navigate({ to: '/account' })
    if (key === 'devices') void navigate({ to: '/devices' })
    if (key === 'signOut') void signOut().catch(() => location.assign('/'))
  }
  return { menu, onMenu }
}

function Frame() {
  const t = useWords(frameWords)
  const { lang } = useLang()
  const session = useSession()
  const format = useFormat(session.agency.timeZone)
  const navigate = useNavigate()
  const path = useRouterState({ select: state => state.location.pathname })
  const [searching, setSearching] = useState(false)
  useLive()
  const current = useAsk(currentOperation, {}, { refetchSeconds: 60 })
  const open = useAsk(alerts, { limit: 1 }, { refetchSeconds: 60 })
  const clock = useServerNow()
  const sections = useSections()
  const search = useSearchEverything(sections)
  const user = useUserMenu()
  const operation = current.data?.operation
  const level = current.data?.level
  const section = useSection(path, sections)
  const toAlerts = useCallback(() => void navigate({ to: '/alerts' }), [navigate])
  return (
    <>
      <DeskShell
        rehearsal={session.agency.kind === 'rehearsal' ? { agency: session.agency.name } : null}
        sections={sections}
        current={section?.key}
        onNavigate={item => void navigate({ to: item.href })}
        operation={operation ? { name: operation.name } : undefined}
        level={
          level
            ? {
                label: t(`level${level.levelNow}` as 'level1'),
                order: level.orderNumber,
                onOpen: () => void navigate({ to: '/operation' }),
              }
            : undefined
        }
        dutyDay={
          current.data
            ? {
                day: format.day(current.data.dutyDay),
                nth: operation?.days || undefined,
                time: format.time(clock),
              }
            : undefined
        }
        onSearch={() => setSearching(true)}
        alerts={{ total: open.data?.total ?? 0, red: open.data?.red ?? 0, onOpen: toAlerts }}
        user={{ name: session.name, role: roleTitles[session.roles[0] ?? 'viewer'][lang], ...user }}
      >
        <Outlet />
      </DeskShell>
      <AlertWatcher />
      <CommandPalette open={searching} onClose={() => setSearching(false)} search={search} />
    </>
  )
}
