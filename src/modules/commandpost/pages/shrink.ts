// A phone's picture of eight megabytes says no more about a broken fence than one of four hundred kilobytes, and must
// go over a weak network.

const sideMost = 2_560
const keptAsItIs = 1_500_000

/** A picture small enough to send, upright and without what the camera tells; anything else as it is. */
export async function shrunk(file: File): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= keptAsItIs) return file
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  // What this browser cannot read the server will judge.
  if (!bitmap) return file
  const scale = Math.min(1, sideMost / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const made = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', 0.85))
  return made && made.size < file.size ? made : file
}
