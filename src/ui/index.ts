/**
 * The desk's components. The phone imports from ./phone.ts, which never reaches Ant Design; map and trend
 * chart come lazily from here, so that importing this file does not load them.
 */
export * from './components/CommandPalette.tsx'
export * from './components/Confirm.tsx'
export * from './components/DataTable.tsx'
export * from './components/DeskShell.tsx'
export * from './components/DetailDrawer.tsx'
export * from './components/EquationCounts.tsx'
export * from './components/FieldForm.tsx'
export * from './components/field-words.ts'
export * from './components/Figure.tsx'
export * from './components/FigureRow.tsx'
export * from './components/FormDrawer.tsx'
export * from './components/kept.ts'
export * from './components/ListPage.tsx'
export type { FilterDef, FilterOption } from './components/ListTools.tsx'
export * from './components/list-state.ts'
export * from './components/media.ts'
export * from './components/use-list.ts'
export * from './components/Panel.tsx'
export * from './components/PlainButton.tsx'
export * from './components/ProblemNote.tsx'
export type { RailItem } from './components/Rail.tsx'
export * from './components/RecordHistory.tsx'
export * from './components/RehearsalStrip.tsx'
export * from './components/Scroll.tsx'
export * from './components/SearchInput.tsx'
export * from './components/StepsHead.tsx'
export * from './components/states.tsx'
export type {
  AlertCounts,
  DutyDay,
  DutyLevelProps,
  OperationSwitchProps,
  UserBadge,
  UserMenuItem,
} from './components/TopBar.tsx'
export { LangSwitch } from './components/TopBar.tsx'
export * from './charts/Sparkline.tsx'
export * from './desk-theme.tsx'
export * from './local-time.ts'
export * from './i18n.ts'
export * from './icons.tsx'
export { ImportState } from './import/ImportColumns.tsx'
export { ImportDrawer } from './import/ImportDrawer.tsx'
export type { ImportRow, MendList } from './import/import-types.ts'
export * from './import/use-brought.ts'
export * from './lazy.tsx'
export type { TrendChartProps, TrendSeries } from './charts/TrendChart.tsx'
export * from './map/crossing.ts'
export * from './map/geojson.ts'
export type * from './map/map-types.ts'
export * from './phone/PhoneShell.tsx'
export * from './phone/pieces.tsx'
export * from './signals.tsx'
export * from './theme.ts'
export * from './tokens.ts'
