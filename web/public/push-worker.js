// Shows what is pushed and opens its page. It takes no requests: pages work without it, and it is registered only when
// somebody asks for push (src/device/push.ts).
self.addEventListener('push', event => {
  const zh = self.navigator.language.startsWith('zh')
  let said = {}
  try {
    said = event.data.json()
  } catch {
    // A push service may wake the worker without a message; then there is only that there is something.
  }
  const title = (zh ? said.titleZh : said.titleEn) ?? (zh ? '预警' : 'Alerts')
  const link = typeof said.link === 'string' && /^\/(?!\/)/.test(said.link) ? said.link : '/alerts'
  event.waitUntil(
    self.registration.showNotification(title, {
      tag: said.tag ?? 'alerts',
      renotify: true,
      requireInteraction: said.severity === 'red',
      data: { link },
    }),
  )
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const { link } = event.notification.data
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async windows => {
      const [open] = windows
      if (!open) return self.clients.openWindow(link)
      await open.focus()
      open.postMessage({ open: link })
    }),
  )
})
