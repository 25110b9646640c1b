import type { MapGroup } from './map-types.ts'

/** The marks of a caller's own groups, drawn in a box of 16: for the legend as SVG, for the map on a canvas. */
export const groupShapes: Record<MapGroup['mark'], string> = {
  square: 'M4.5 4.5h7v7h-7Z',
  diamond: 'M8 3.5 12.5 8 8 12.5 3.5 8Z',
  triangle: 'M8 3.5 12.5 12h-9Z',
  cross: 'M4 4l8 8M12 4l-8 8',
  ring: 'M8 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8ZM8 7.2a.8.8 0 1 1 0 1.6a.8.8 0 1 1 0-1.6Z',
  hexagon: 'M5.6 3.9h4.8L12.8 8l-2.4 4.1H5.6L3.2 8Z',
  star: 'M8 2.8 9.5 6.2l3.7.4-2.8 2.5.8 3.6L8 10.8l-3.2 1.9.8-3.6-2.8-2.5 3.7-.4Z',
  split: 'M4.5 4.5h7v7h-7ZM8 4.5v7',
  house: 'M3.5 7.6 8 3.6l4.5 4M4.8 7v5.4h6.4V7',
}
