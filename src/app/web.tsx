// The entry of the web: small, because a phone on one bar loads it first. Desk, map and charts come by route.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { awaitInstall, newestShell } from '../device/shell-worker.ts'
import { LangProvider } from '../ui/i18n.ts'
import { Entrance } from './web/entrance.tsx'

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: false } },
})
const root = document.getElementById('root')
if (!root) throw new Error('invariant: the page has a root')
awaitInstall()
await newestShell()
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <LangProvider>
      <Entrance />
    </LangProvider>
  </QueryClientProvider>,
)
