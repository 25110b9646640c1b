import type { AddLayerObject, StyleSpecification } from 'maplibre-gl'
import type { Palette } from '../tokens.ts'
import { nameLayers, regular, zoneColours } from './map-names.ts'

const empty = { type: 'FeatureCollection' as const, features: [] }

export const sourceIds = [
  'grid',
  'ground',
  'groundNames',
  'areas',
  'areaNames',
  'zones',
  'zoneNames',
  'groups',
  'posts',
  'draw',
] as const
/** Where a click looks, topmost first. */
export const pickLayers = ['posts', 'posts-label', 'groups', 'zones-fill', 'zones-wide', 'zones-ring']

export function baseStyle(p: Palette): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(sourceIds.map(id => [id, { type: 'geojson', data: empty }])),
    layers: [{ id: 'background', type: 'background', paint: { 'background-color': p.ground } }],
  }
}

function groundLayers(p: Palette): AddLayerObject[] {
  const kind = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]] as never
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const roadWidth = ['match', ['get', 'kind'], 'highway', 7, 4] as never
  return [
    { id: 'water', type: 'fill', source: 'ground', filter: kind('water'), paint: { 'fill-color': p.water } },
    {
      id: 'river',
      type: 'line',
      source: 'ground',
      filter: kind('river'),
      layout: round,
      paint: { 'line-color': p.water, 'line-width': 18 },
    },
    {
      id: 'border',
      type: 'line',
      source: 'ground',
      filter: kind('border'),
      paint: { 'line-color': p.edge, 'line-dasharray': [4, 3] },
    },
    {
      id: 'road-casing',
      type: 'line',
      source: 'ground',
      filter: kind('road', 'highway'),
      layout: round,
      paint: { 'line-color': p.roadEdge, 'line-width': roadWidth },
    },
    {
      id: 'road',
      type: 'line',
      source: 'ground',
      filter: kind('road', 'highway'),
      layout: round,
      paint: { 'line-color': p.road, 'line-width': ['-', roadWidth, 2] as never },
    },
  ]
}

function gridLayer(p: Palette): AddLayerObject {
  return { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': p.line, 'line-width': 1 } }
}

function areaLayers(p: Palette, scale: number): AddLayerObject[] {
  const quiet = { 'text-color': p.text2, 'text-halo-color': p.ground, 'text-halo-width': 1.5 }
  return [
    {
      id: 'areas',
      type: 'line',
      source: 'areas',
      paint: { 'line-color': p.edge, 'line-width': 1, 'line-dasharray': [4, 4] },
    },
    {
      id: 'ground-names',
      type: 'symbol',
      source: 'groundNames',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': regular,
        'text-size': 12 * scale,
        'text-offset': [0, 1],
      },
      paint: quiet,
    },
    {
      id: 'area-names',
      type: 'symbol',
      source: 'areaNames',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': regular,
        'text-size': 12 * scale,
        'text-letter-spacing': 0.05,
      },
      paint: quiet,
    },
  ]
}

function zoneLayers(p: Palette, dark: boolean, scale: number): AddLayerObject[] {
  const kind = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]] as never
  const pattern = { 'fill-pattern': ['concat', 'hatch-', ['get', 'kind']] as never }
  const join = { 'line-join': 'round' } as const
  const line = { 'line-color': zoneColours(p), 'line-width': 1.6 * scale }
  return [
    // A sealed zone mostly lies within its control zone: it covers that hatch, two at once would be neither.
    { id: 'zones-wide', type: 'fill', source: 'zones', filter: kind('control', 'lifted'), paint: pattern },
    {
      id: 'zones-wide-ring',
      type: 'line',
      source: 'zones',
      filter: kind('control'),
      layout: join,
      paint: line,
    },
    {
      id: 'zones-cover',
      type: 'fill',
      source: 'zones',
      filter: kind('sealed'),
      paint: { 'fill-color': p.ground, 'fill-opacity': 0.9 },
    },
    { id: 'zones-fill', type: 'fill', source: 'zones', filter: kind('sealed'), paint: pattern },
    {
      id: 'zones-sealed-ring',
      type: 'line',
      source: 'zones',
      filter: kind('sealed'),
      layout: join,
      paint: line,
    },
    {
      id: 'zones-ring',
      type: 'line',
      source: 'zones',
      filter: kind('precaution'),
      layout: join,
      // On the wall it is dashed as well: yellow and amber are near each other at six metres.
      paint: {
        'line-color': p.precaution,
        'line-width': 2.4 * scale,
        ...(dark ? { 'line-dasharray': [4, 2] } : {}),
      },
    },
    {
      id: 'zones-lifted',
      type: 'line',
      source: 'zones',
      filter: kind('lifted'),
      paint: { 'line-color': p.text2, 'line-width': 1, 'line-dasharray': [3, 2] },
    },
    {
      id: 'zones-picked',
      type: 'line',
      source: 'zones',
      filter: ['==', ['get', 'id'], ''],
      paint: { 'line-color': p.blue, 'line-width': 3 },
    },
  ]
}

function postLayer(scale: number) {
  return {
    type: 'symbol' as const,
    source: 'posts',
    layout: {
      'icon-image': ['concat', 'post-', ['get', 'state']] as never,
      'icon-size': scale,
      'symbol-sort-key': ['get', 'rank'] as never,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  }
}

function pointLayers(p: Palette, scale: number): AddLayerObject[] {
  const group = { 'icon-image': ['concat', 'group-', ['get', 'mark']] as never, 'icon-size': scale }
  return [
    {
      id: 'groups',
      type: 'symbol',
      source: 'groups',
      layout: { ...group, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
    { id: 'posts', ...postLayer(scale) },
    {
      id: 'posts-picked',
      type: 'circle',
      source: 'posts',
      filter: ['==', ['get', 'id'], ''],
      paint: {
        'circle-radius': 11 * scale,
        'circle-color': 'transparent',
        'circle-stroke-color': p.blue,
        'circle-stroke-width': 2,
      },
    },
  ]
}

/**
 * The map places from the top layer down: these unseen marks take their room first, so that words look for
 * a free side, and yet words are drawn over marks where there is none. Sampling sites give way.
 */
function roomLayer(scale: number): AddLayerObject {
  const { layout, ...rest } = postLayer(scale)
  return {
    id: 'posts-room',
    ...rest,
    filter: ['!=', ['get', 'state'], 'sampling'],
    // The images have a rim of nothing around the mark, which needs no room.
    layout: { ...layout, 'icon-size': scale * 0.6, 'icon-ignore-placement': false, 'icon-padding': 0 },
    paint: { 'icon-opacity': 0 },
  }
}

function drawLayers(p: Palette): AddLayerObject[] {
  const bad = ['case', ['get', 'bad'], p.red, p.blue] as never
  const role = (name: string) => ['==', ['get', 'role'], name] as never
  return [
    {
      id: 'draw-fill',
      type: 'fill',
      source: 'draw',
      filter: role('area'),
      paint: { 'fill-color': bad, 'fill-opacity': 0.12 },
    },
    {
      id: 'draw-line',
      type: 'line',
      source: 'draw',
      filter: role('line'),
      paint: { 'line-color': bad, 'line-width': 2 },
    },
    {
      id: 'draw-closing',
      type: 'line',
      source: 'draw',
      filter: role('closing'),
      paint: { 'line-color': bad, 'line-width': 1.5, 'line-dasharray': [3, 2] },
    },
    {
      id: 'draw-middle',
      type: 'circle',
      source: 'draw',
      filter: role('middle'),
      paint: {
        'circle-radius': 3.5,
        'circle-color': p.panel,
        'circle-stroke-color': p.blue,
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'draw-corner',
      type: 'circle',
      source: 'draw',
      filter: role('corner'),
      paint: {
        'circle-radius': 5,
        'circle-color': p.panel,
        'circle-stroke-color': bad,
        'circle-stroke-width': 2,
      },
    },
  ]
}

export function layersOf(p: Palette, scale: number, dark: boolean): AddLayerObject[] {
  return [
    gridLayer(p),
    ...groundLayers(p),
    ...areaLayers(p, scale),
    ...zoneLayers(p, dark, scale),
    ...pointLayers(p, scale),
    ...nameLayers(p, scale),
    roomLayer(scale),
    ...drawLayers(p),
  ]
}
