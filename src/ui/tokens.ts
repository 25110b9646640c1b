/**
 * Every colour and size of the screens, once. base.css carries the same values as CSS variables
 * (tokens.test.ts holds the two together); theme.ts hands them to Ant Design.
 */

export const desk = {
  ground: '#F5F7FA',
  panel: '#FFFFFF',
  sunk: '#F0F3F7',
  line: '#E2E7EE',
  edge: '#CBD3DE',
  text: '#101B2B',
  text2: '#55627A',
  blue: '#17479E',
  blueTint: '#EDF2FA',
  amber: '#B26A00',
  amberTint: '#FDF6EA',
  red: '#C1272D',
  redTint: '#FBEDED',
  green: '#1E7B4D',
  greenTint: '#EAF5EF',
  mark: '#41516A',
  precaution: '#C79A00',
  ink: '#101B2B',
  onInk: '#FFFFFF',
  /** Words on ink that stand back: the note of the rehearsal strip. */
  onInk2: '#CFD7E3',
  /** Disabled words; Ant Design's own grey is 1.7:1. */
  disabled: '#6A7488',
  emergency: '#A31B21',
  water: '#DCE5EF',
  road: '#FFFFFF',
  roadEdge: '#D3DAE4',
} as const

/** A palette has the same names in every theme, so that one component serves desk, phone and wall. */
export type Palette = Record<keyof typeof desk, string>

/** Phone: 7:1 in sunlight needs darker words; the brighter signals stay for frames and marks. */
export const sun: Palette = {
  ...desk,
  text2: '#424E64',
  edge: '#55627A',
  amber: '#7A4800',
  red: '#A31B21',
  green: '#13593A',
  sunk: '#E2E7EE',
}

/** Frames and marks on the phone, where the sun palette would look black. */
export const sunFrame = { amber: '#B26A00', red: '#C1272D', green: '#1E7B4D' } as const

/** Wall and night: signals brightened to AA on the dark ground. */
export const night: Palette = {
  ground: '#0B1420',
  panel: '#121F31',
  sunk: '#0E1929',
  line: '#22324A',
  edge: '#3A4D68',
  text: '#E8EEF7',
  text2: '#A9B8CD',
  blue: '#8FB6FF',
  blueTint: '#17294A',
  amber: '#F2A93B',
  amberTint: '#2B2413',
  red: '#FF8880',
  redTint: '#33191C',
  green: '#5CCB92',
  greenTint: '#12291F',
  mark: '#E8EEF7',
  precaution: '#FFD84D',
  ink: '#0B1420',
  onInk: '#E8EEF7',
  onInk2: '#A9B8CD',
  disabled: '#8595AD',
  emergency: '#A31B21',
  water: '#1E3658',
  road: '#2A3B54',
  roadEdge: '#2A3B54',
}

export type ThemeName = 'desk' | 'sun' | 'night'
export const palettes: Record<ThemeName, Palette> = { desk, sun, night }

/** The six sizes of type there are; the wall adds 56. */
export const type = { xs: 12, sm: 14, md: 16, lg: 20, xl: 28, xxl: 40, wall: 56 } as const

export const size = {
  grid: 8,
  radius: 6,
  control: 28,
  controlSmall: 24,
  row: 36,
  strip: 24,
  bar: 48,
  rail: 104,
  figures: 96,
  legend: 150,
  target: 56,
} as const

/** Below this width the desk folds: the rail becomes a drawer. */
export const foldAt = 768

export const fontStack =
  "'Fx Dot', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
