// Where the phone is, compared on the phone. What leaves it is yes or no and how sure it is.
import { kilometresBetween } from '../../posts/contracts.ts'
import type { Proof } from '../contracts.ts'

type PlaceProof = Extract<Proof, { way: 'place' }>

const waitMs = 15_000

export type PlaceAnswer = PlaceProof | 'refused' | 'unknown'

/** The phone's own comparison with the post's place, or why there is none. */
export function comparePlace(post: { lng: number; lat: number }, nearMetres: number): Promise<PlaceAnswer> {
  return new Promise(resolve => {
    if (!navigator.geolocation) {
      resolve('unknown')
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const metres = (kilometresBetween({ lng: coords.longitude, lat: coords.latitude }, post) ?? 0) * 1_000
        const accuracy = coords.accuracy <= 30 ? 'fine' : coords.accuracy <= 100 ? 'fair' : 'coarse'
        resolve({ way: 'place', near: metres <= nearMetres, accuracy })
      },
      error => resolve(error.code === error.PERMISSION_DENIED ? 'refused' : 'unknown'),
      { enableHighAccuracy: true, timeout: waitMs, maximumAge: 0 },
    )
  })
}
