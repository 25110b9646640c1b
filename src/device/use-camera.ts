// The camera and the browser's own reader of codes, where it has one.
import { type RefObject, useEffect, useState } from 'react'

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
type DetectorMaker = new (options: { formats: string[] }) => Detector

const maker = () => (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector

/** Whether this browser can read a code from a picture. */
export const canRead = (): boolean => maker() !== undefined && navigator.mediaDevices !== undefined

const postCodes = ['qr_code']
/** What laboratories print on tubes and seals. */
export const labelCodes = ['code_128', 'code_39', 'ean_13', 'itf', 'codabar', 'qr_code', 'data_matrix']

const lookMs = 250

export type CameraState = 'opening' | 'looking' | 'refused'

/** While `on`, shows the camera in the video and calls back with every text that it reads. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  on: boolean,
  onText: (text: string) => void,
  /** Kinds of codes that are looked for. A list made anew with every render would open the camera anew, too. */
  formats: readonly string[] = postCodes,
): CameraState {
  const [state, setState] = useState<CameraState>('opening')
  useEffect(() => {
    const made = maker()
    const shown = video.current
    if (!on || !made || !shown) return
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setInterval> | undefined
    let over = false
    const detector = new made({ formats: [...formats] })
    const look = async () => {
      if (shown.readyState < 2) return
      const [first] = await detector.detect(shown)
      if (first && !over) onText(first.rawValue)
    }
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment' },
        audio: false,
      })
      if (over) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      shown.srcObject = stream
      await shown.play()
      setState('looking')
      timer = setInterval(() => void look().catch(() => setState('refused')), lookMs)
    }
    void open().catch(() => setState('refused'))
    return () => {
      over = true
      clearInterval(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [on, onText, video, formats])
  return state
}
