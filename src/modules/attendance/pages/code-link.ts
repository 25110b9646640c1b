// What the picture of a code carries: an address of this app, so that any camera opens it, with the post and the code.

const idBytes = 22
const tokenBytes = 16
const carried = new RegExp(`^[A-Za-z0-9_-]{${idBytes + tokenBytes}}$`)

export interface CodeLink {
  postId: string
  token: string
}

/** A UUID in 22 characters. */
function shortId(id: string): string {
  const bytes = (id.replaceAll('-', '').match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function longId(short: string): string {
  const bytes = atob(short.replaceAll('-', '+').replaceAll('_', '/'))
  const hex = [...bytes].map(letter => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Longest address that still fits into the picture; behind a longer one the code stands alone. */
const originMost = 56

export function linkOf(origin: string, postId: string, token: string): string {
  const code = shortId(postId) + token
  return origin.length <= originMost ? `${origin}/check-in?c=${code}` : code
}

/** The post and code of what was scanned, or null where it is something else. */
export function readLink(text: string): CodeLink | null {
  const code = /[?&]c=([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? text.trim()
  if (!carried.test(code)) return null
  return { postId: longId(code.slice(0, idBytes)), token: code.slice(idBytes) }
}
