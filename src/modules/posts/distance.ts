// How far somebody has to go, as the crow flies.
interface Position {
  lng: number
  lat: number
}

const earthKilometres = 6371
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle kilometres between two places in WGS-84; null where one is not known. */
export function kilometresBetween(
  a: Position | null | undefined,
  b: Position | null | undefined,
): number | null {
  if (!a || !b) return null
  const [lat, lng] = [radians(b.lat - a.lat), radians(b.lng - a.lng)]
  const h =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lng / 2) ** 2
  return 2 * earthKilometres * Math.asin(Math.min(1, Math.sqrt(h)))
}
