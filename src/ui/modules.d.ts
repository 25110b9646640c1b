declare module '*.css'

// The packages call themselves CommonJS, so under NodeNext their default would be typed one level too deep;
// the files named here are real ES modules.
declare module 'antd/es/locale/zh_CN.js' {
  import type { ConfigProviderProps } from 'antd'
  const locale: NonNullable<ConfigProviderProps['locale']>
  export default locale
}
declare module 'antd/es/locale/en_US.js' {
  import type { ConfigProviderProps } from 'antd'
  const locale: NonNullable<ConfigProviderProps['locale']>
  export default locale
}
declare module 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url' {
  const url: string
  export default url
}
