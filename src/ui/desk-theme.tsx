import './antd.css'
import './base.css'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import 'dayjs/locale/zh-cn.js'
import { type ReactNode, useLayoutEffect } from 'react'
import { type Lang, LangProvider, useLang } from './i18n.ts'
import { deskConfig, deskTheme, nightTheme } from './theme.ts'

export type DeskProviderProps = { lang?: Lang; theme?: 'desk' | 'night'; children?: ReactNode }

/** The one provider of the desk and the wall: language, Ant Design theme and locale, messages and dialogs. */
export function DeskProvider({ lang, theme = 'desk', children }: DeskProviderProps) {
  return (
    <LangProvider initial={lang}>
      <Themed theme={theme}>{children}</Themed>
    </LangProvider>
  )
}

function Themed({ theme, children }: { theme: 'desk' | 'night'; children?: ReactNode }) {
  const { lang } = useLang()
  // Menus and dialogs hang at the end of <body>, outside our root: the theme stands on the page itself.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
    return () => {
      delete document.documentElement.dataset.theme
    }
  }, [theme])
  return (
    <ConfigProvider
      {...deskConfig}
      theme={theme === 'night' ? nightTheme : deskTheme}
      locale={lang === 'zh' ? zhCN : enUS}
    >
      <App component={false}>
        <div className="fx-root">{children}</div>
      </App>
    </ConfigProvider>
  )
}
