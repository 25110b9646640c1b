// How far a post is from an officer's unit, as the crow flies, and what that weighs.
import { kilometresBetween } from '../posts/contracts.ts'
import type { RosterInputs } from './inputs.ts'

/** As many kilometres more than to the nearest post weigh as much as a post of another unit does. */
const kilometresAsOtherUnit = 5
/** More is far, and no longer farther. */
const kilometresMost = 15

interface Place {
  lng: number
  lat: number
}

const placeOf = (one: { lng: number | null; lat: number | null } | undefined): Place | null =>
  one && one.lng !== null && one.lat !== null ? { lng: one.lng, lat: one.lat } : null

export class Nearness {
  private readonly inputs: Pick<RosterInputs, 'posts' | 'unitPlaces'>
  private readonly centres: ReadonlyMap<string, Place>
  private readonly known = new Map<string, Map<string, number>>()

  constructor(inputs: Pick<RosterInputs, 'posts' | 'unitPlaces'>) {
    this.inputs = inputs
    const posts = [...inputs.posts.values()].flatMap(({ unitId, ...post }) => {
      const place = placeOf(post)
      return place ? [{ unitId, place }] : []
    })
    this.centres = new Map(
      [...Map.groupBy(posts, post => post.unitId)].map(([unitId, own]) => [
        unitId,
        {
          lng: own.reduce((sum, { place }) => sum + place.lng, 0) / own.length,
          lat: own.reduce((sum, { place }) => sum + place.lat, 0) / own.length,
        },
      ]),
    )
  }

  /** From where the unit is, else from the middle of its posts; null where one of both has no place. */
  kilometres(unitId: string, postId: string): number | null {
    return this.fromUnit(unitId).get(postId) ?? null
  }

  /**
   * What a duty at each of these posts costs somebody of the unit, beside that it is another unit's: by how much farther it
   * is than the nearest of them. So a unit far from everything does not get fewer duties for it, and what has no place is
   * as near as can be.
   */
  costs(unitId: string, postIds: readonly string[], otherUnit: number): number[] {
    const all = postIds.map(postId => this.kilometres(unitId, postId))
    const nearest = Math.min(...all.flatMap(one => one ?? []))
    return all.map(one => {
      const farther = one === null ? 0 : Math.min(one - nearest, kilometresMost)
      return (otherUnit * farther) / kilometresAsOtherUnit
    })
  }

  private fromUnit(unitId: string): Map<string, number> {
    let found = this.known.get(unitId)
    if (!found) {
      const from = this.inputs.unitPlaces.get(unitId) ?? this.centres.get(unitId)
      const all = [...this.inputs.posts.values()].map(post => [
        post.postId,
        kilometresBetween(from, placeOf(post)),
      ])
      found = new Map(all.filter((one): one is [string, number] => one[1] !== null))
      this.known.set(unitId, found)
    }
    return found
  }
}
