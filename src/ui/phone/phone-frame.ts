// What the app says on every page of the phone, whichever page that is: how old its answers are, and a line of news.
import { createContext, type ReactNode } from 'react'

export interface PhoneFrame {
  /** Without a network: when what is shown was true, already written: 14:05. */
  asOf: string | null
  notice: ReactNode
}

export const PhoneFrameContext = createContext<PhoneFrame>({ asOf: null, notice: null })
