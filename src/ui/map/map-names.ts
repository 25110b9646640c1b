// Every name on the map. A map of sixty zones on a phone cannot name them all: names that would lie over others wait
// until there is room, sealed zones first. Posts with a problem are named at every zoom.
import type { AddLayerObject } from 'maplibre-gl'
import type { Palette } from '../tokens.ts'

// No `glyphs`: every character is drawn on this machine, from the fonts of the page. The weight is read
// from the first name of the list.
const families = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'sans-serif']
export const regular = ['PingFang SC Regular', ...families]
const bold = ['PingFang SC Bold', ...families]

/** From here on (some 6 km across a desk's map) posts that are in order are named as well. */
const postNamesFrom = 13
/** Sampling sites and what else stands in hundreds. */
const groupNamesFrom = 14

export const problem = ['in', ['get', 'state'], ['literal', ['open', 'short']]] as never

export function zoneColours(p: Palette) {
  return [
    'match',
    ['get', 'kind'],
    'sealed',
    p.red,
    'control',
    p.amber,
    'precaution',
    p.precaution,
    p.text2,
  ] as never
}

/** Within the zone where it is wide enough for its name, else below it: a name must not hide what it names. */
function zoneNameLayers(p: Palette, scale: number): AddLayerObject[] {
  const layer = (id: string, place: 'inside' | 'below', fits: '>=' | '<', anchors: string[]) => ({
    id,
    type: 'symbol' as const,
    source: 'zoneNames',
    filter: ['all', ['==', ['get', 'place'], place], [fits, ['zoom'], ['get', 'fits']]] as never,
    layout: {
      'text-field': ['get', 'name'] as never,
      'text-font': bold,
      'text-size': ['*', scale, ['match', ['get', 'kind'], 'lifted', 12, 14]] as never,
      'text-variable-anchor': anchors as never,
      'text-radial-offset': 0.3,
      'text-padding': 0,
      'symbol-sort-key': ['get', 'rank'] as never,
    },
    paint: {
      'text-color': ['match', ['get', 'kind'], 'precaution', p.text, zoneColours(p)] as never,
      'text-halo-color': p.panel,
      'text-halo-width': 2,
    },
  })
  return [
    layer('zone-names-below', 'below', '<', ['top', 'top-left', 'top-right', 'right', 'left']),
    layer('zone-names', 'inside', '>=', ['center', 'top', 'bottom']),
  ]
}

/** Names of what is in order, once the map is near enough to have room. */
function quietNames(
  p: Palette,
  scale: number,
  source: 'posts' | 'groups',
  more: { minzoom: number; filter?: never },
): AddLayerObject {
  return {
    id: `${source}-names`,
    type: 'symbol',
    source,
    ...more,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': regular,
      'text-size': 12 * scale,
      'text-max-width': 12,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.8,
      'text-justify': 'auto',
    },
    paint: { 'text-color': p.text2, 'text-halo-color': p.ground, 'text-halo-width': 1.5 },
  }
}

/** Names find a free side first; where there is none they stand all the same: a problem is never unnamed. */
function problemNames(p: Palette, scale: number): AddLayerObject {
  const signal = ['match', ['get', 'state'], 'open', p.red, p.amber] as never
  const count = ['case', ['==', ['get', 'count'], ''], '', ['concat', ' ', ['get', 'count']]]
  const strong = { 'text-color': signal, 'text-font': ['literal', bold] }
  return {
    id: 'posts-label',
    type: 'symbol',
    source: 'posts',
    filter: problem,
    layout: {
      'text-field': ['format', ['get', 'name'], {}, count, strong] as never,
      'text-font': regular,
      'text-size': 12 * scale,
      'text-max-width': 20,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 1.7,
      'text-allow-overlap': true,
      'icon-image': ['concat', 'box-', ['get', 'state']] as never,
      'icon-allow-overlap': true,
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [1, 2, 1, 2],
      'symbol-sort-key': ['-', 4, ['get', 'rank']] as never,
    },
    paint: { 'text-color': p.text },
  }
}

/** From below to above; the map gives room from above to below. */
export function nameLayers(p: Palette, scale: number): AddLayerObject[] {
  const quiet = ['all', ['!', problem], ['!=', ['get', 'state'], 'sampling']] as never
  const sampling = ['==', ['get', 'state'], 'sampling'] as never
  return [
    quietNames(p, scale, 'groups', { minzoom: groupNamesFrom }),
    {
      ...quietNames(p, scale, 'posts', { minzoom: groupNamesFrom, filter: sampling }),
      id: 'sampling-names',
    } as AddLayerObject,
    quietNames(p, scale, 'posts', { minzoom: postNamesFrom, filter: quiet }),
    ...zoneNameLayers(p, scale),
    problemNames(p, scale),
  ]
}
