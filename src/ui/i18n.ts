import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import {
  type FormatOptions,
  type Instant,
  formatDay,
  formatNumber,
  formatSpan,
  formatTime,
} from './format.ts'

export * from './format.ts'

export type Lang = 'zh' | 'en'
export type Words = Record<string, { zh: string; en: string }>
export type WordParams = Record<string, string | number>
export type Translate<W extends Words = Words> = (key: keyof W & string, params?: WordParams) => string

const storageKey = 'fangxian.lang'

export function fill(template: string, params: WordParams = {}): string {
  return template.replace(/\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one, many) => {
    const value = params[name]
    if (value === undefined) return whole
    if (one !== undefined) return Number(value) === 1 ? one : (many ?? '')
    return typeof value === 'number' ? formatNumber(value) : value
  })
}

/** A missing word shows its key: a hole in the page would hide the fault. */
export function translate<W extends Words>(words: W, lang: Lang): Translate<W> {
  return (key, params) => {
    const word = words[key]
    return word ? fill(word[lang], params) : key
  }
}

type LangState = { lang: Lang; setLang: (lang: Lang) => void }
const LangContext = createContext<LangState>({ lang: 'zh', setLang: () => {} })

/** Storage may be refused (private window, locked-down kiosk); the language then lasts for the page. */
export function storedLang(): Lang {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

function keepLang(lang: Lang): void {
  try {
    localStorage.setItem(storageKey, lang)
  } catch {
    // Not kept, and nothing else is lost.
  }
}

export function LangProvider(props: { initial?: Lang; children?: ReactNode }) {
  const [lang, setLang] = useState<Lang>(() => props.initial ?? storedLang())
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  }, [lang])
  const state = useMemo<LangState>(() => {
    const change = (next: Lang) => {
      keepLang(next)
      setLang(next)
    }
    return { lang, setLang: change }
  }, [lang])
  return createElement(LangContext.Provider, { value: state }, props.children)
}

export function useLang(): LangState {
  return useContext(LangContext)
}

export function useWords<W extends Words>(words: W): Translate<W> {
  const { lang } = useLang()
  return useMemo(() => translate(words, lang), [words, lang])
}

/** The formats bound to the language of the page. */
export function useFormat(timeZone?: string) {
  const { lang } = useLang()
  return useMemo(() => {
    const base: FormatOptions = { lang, timeZone }
    return {
      day: (at: Instant, options?: FormatOptions) => formatDay(at, { ...base, ...options }),
      time: (at: Instant, options?: FormatOptions) => formatTime(at, { ...base, ...options }),
      span: (from: Instant, to: Instant, options?: FormatOptions) =>
        formatSpan(from, to, { ...base, ...options }),
      number: formatNumber,
    }
  }, [lang, timeZone])
}
