/** A phone, and not a desk with a small window: what is kept on it is kept for one person's shift. */
export function isPhone(): boolean {
  return matchMedia('(pointer: coarse) and (max-width: 767px), (pointer: coarse) and (max-height: 480px)')
    .matches
}

/** WebCrypto and the worker are there on HTTPS and localhost alone. */
export const keepsField = () => window.isSecureContext && isPhone()
