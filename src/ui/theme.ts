import type { ConfigProviderProps, ThemeConfig } from 'antd'
import { type Palette, desk, fontStack, night, size, type } from './tokens.ts'

const shadow = '0 4px 16px rgb(16 27 43 / 0.16)'

function seeds(p: Palette): NonNullable<ThemeConfig['token']> {
  return {
    colorPrimary: p.blue,
    colorInfo: p.blue,
    colorLink: p.blue,
    colorSuccess: p.green,
    colorWarning: p.amber,
    colorError: p.red,
    colorTextBase: p.text,
    colorBgBase: p.panel,
    fontFamily: fontStack,
    fontSize: type.sm,
    borderRadius: size.radius,
    controlHeight: size.control,
    motion: false,
    // The focus ring is ours (base.css): two rings on one control look like a fault.
    focusOutline: false,
  }
}

function aliases(p: Palette): NonNullable<ThemeConfig['token']> {
  return {
    colorText: p.text,
    colorTextHeading: p.text,
    colorTextSecondary: p.text2,
    colorTextTertiary: p.text2,
    colorTextDescription: p.text2,
    colorTextPlaceholder: p.text2,
    colorTextDisabled: p.disabled,
    colorTextLabel: p.text2,
    colorIcon: p.text2,
    colorBorder: p.edge,
    colorBorderSecondary: p.line,
    colorSplit: p.line,
    colorBgContainer: p.panel,
    colorBgElevated: p.panel,
    colorBgLayout: p.ground,
    colorPrimaryBg: p.blueTint,
    colorErrorBg: p.redTint,
    colorWarningBg: p.amberTint,
    colorSuccessBg: p.greenTint,
    controlItemBgActive: p.blueTint,
    controlItemBgHover: p.sunk,
    controlHeightSM: size.controlSmall,
    controlHeightLG: 36,
    fontSizeSM: type.xs,
    fontSizeLG: type.md,
    fontSizeXL: type.lg,
    lineHeight: 20 / 14,
    borderRadiusSM: 4,
    borderRadiusLG: size.radius,
    boxShadow: shadow,
    boxShadowSecondary: shadow,
    controlOutlineWidth: 0,
    zIndexPopupBase: 1000,
  }
}

function components(p: Palette): NonNullable<ThemeConfig['components']> {
  return {
    Button: {
      defaultShadow: 'none',
      primaryShadow: 'none',
      dangerShadow: 'none',
      fontWeight: 500,
      paddingInline: 12,
      paddingInlineSM: 8,
    },
    Table: {
      headerBg: p.ground,
      headerColor: p.text2,
      headerSplitColor: 'transparent',
      cellPaddingBlock: 8,
      cellPaddingInline: 8,
      cellPaddingBlockSM: 7,
      rowHoverBg: p.ground,
      rowSelectedBg: p.blueTint,
    },
    Drawer: { paddingLG: 24, footerPaddingBlock: 12, footerPaddingInline: 24 },
    Modal: { titleFontSize: type.md },
    Tabs: { horizontalItemPadding: '8px 0', titleFontSize: type.sm },
    Segmented: { itemSelectedColor: p.blue, itemSelectedBg: p.blueTint, trackBg: p.panel },
    Form: { itemMarginBottom: 16, labelColor: p.text },
    Tooltip: { colorBgSpotlight: p.ink },
  }
}

function themeOf(p: Palette): ThemeConfig {
  return {
    // No style is made in the browser: dist/antd.css is a plain sheet, our colours reach it as variables.
    zeroRuntime: true,
    hashed: false,
    cssVar: { key: 'fx-ant', prefix: 'ant' },
    token: { ...seeds(p), ...aliases(p) },
    components: components(p),
  }
}

export const deskTheme: ThemeConfig = themeOf(desk)
export const nightTheme: ThemeConfig = { ...themeOf(night), cssVar: { key: 'fx-ant-night', prefix: 'ant' } }

/** What every ConfigProvider of the desk is given besides theme and locale. */
export const deskConfig: Pick<ConfigProviderProps, 'button' | 'wave' | 'virtual' | 'select'> = {
  // Ant Design puts a space between the two characters of 保存; the mocks do not.
  button: { autoInsertSpace: false },
  wave: { disabled: true },
  virtual: true,
}
