// The worker of the field app: keeps its pages on the phone, so that they open without a network. It is one file by
// itself (src/app/web-precache.ts sees to that and writes the list into it), takes no push (that worker has a scope of
// its own) and never keeps an answer of the API.
import { type Shell, ShellCache } from './shell-cache.ts'

const worker = self as unknown as ServiceWorkerGlobalScope
// In the place of this text stands the list once the bundle is made.
const shell = JSON.parse('__FANGXIAN_SHELL__') as Shell
const cache = new ShellCache(shell, {
  caches: worker.caches,
  fetch: request => worker.fetch(request),
  origin: worker.location.origin,
})

worker.addEventListener('install', event => event.waitUntil(cache.install()))

worker.addEventListener('activate', event =>
  // The page that registered the first version is served by it from now on, without being opened again.
  event.waitUntil(cache.dropOthers().then(() => worker.clients.claim())),
)

worker.addEventListener('fetch', event => {
  const answer = cache.answer(event.request)
  if (answer) event.respondWith(answer)
})

/** A page that has just begun asks for the new version; another page may have an entry open, and then it waits. */
worker.addEventListener('message', event => {
  if ((event.data as { takeOver?: boolean } | null)?.takeOver !== true) return
  const took = worker.clients
    .matchAll({ type: 'window', includeUncontrolled: true })
    .then(pages => (pages.length <= 1 ? worker.skipWaiting() : undefined))
  event.waitUntil(took)
})
