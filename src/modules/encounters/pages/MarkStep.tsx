// A plate or a code: by the camera, or by keys of our own, for the system's keyboard has no 京 in one tap.
import { useCallback, useRef, useState } from 'react'
import { canRead, useCamera } from '../../../device/use-camera.ts'
import { BackButton, Icon, PlainButton, SaveLine, useFormat, useWords } from '../../../ui/phone.ts'
import { useSession } from '../../../device/hooks.ts'
import { isPlate, markMost, normalMark, shownMark } from './check-entry.ts'
import { plateProvinces } from '../contracts-words.ts'
import { checkWords } from './check-words.ts'
import type { Checking } from './use-check.ts'

const provinces = [...plateProvinces]
const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
const figures = [...'1234567890']
const plateMost = 8

interface MarkStepProps {
  check: Checking
  scanning: boolean
  onDone: () => void
}

export function MarkStep({ check, scanning, onDone }: MarkStepProps) {
  const t = useWords(checkWords)
  const [camera, setCamera] = useState(scanning && canRead())
  const [text, setText] = useState(check.entry.mark)
  const [long, setLong] = useState(false)
  const take = useCallback((read: string) => {
    if (read.length > markMost) setLong(true)
    else setText(normalMark(read))
    setCamera(false)
  }, [])
  const vehicle = check.entry.passer === 'vehicle'
  const use = () => {
    if (vehicle && isPlate(text)) keepProvince(text.slice(0, 1))
    check.setMark(text)
    onDone()
  }
  return (
    <div className="ck-page">
      <div className="ck-head">
        <BackButton onBack={onDone} />
        <output className="ck-typed" aria-label={t(vehicle ? 'plateOf' : 'typeCode')}>
          {text === '' ? '—' : vehicle ? shownMark(text) : text}
        </output>
        <PlainButton filled disabled={text === ''} onClick={use}>
          {t('useIt')}
        </PlainButton>
      </div>
      {long ? <SaveLine>{t('tooLong')}</SaveLine> : null}
      {scanning && !camera && text === '' ? <p className="ck-said">{t('noCamera')}</p> : null}
      <Repeat check={check} text={text} />
      {camera ? <Camera onText={take} onRefused={() => setCamera(false)} /> : null}
      {camera ? null : vehicle ? (
        <PlateKeys text={text} onText={setText} />
      ) : (
        <CodeKeys text={text} onText={setText} />
      )}
    </div>
  )
}

/** Seen in this shift: said here, and what was answered then is filled in by one tap. */
function Repeat({ check, text }: { check: Checking; text: string }) {
  const t = useWords(checkWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const { before, entry } = check
  if (!before || entry.mark !== text) return null
  return (
    <PlainButton onClick={check.repeat}>
      {t('seenBefore', { n: before.times + 1, at: format.time(before.at) })}
    </PlainButton>
  )
}

function Camera({ onText, onRefused }: { onText: (text: string) => void; onRefused: () => void }) {
  const t = useWords(checkWords)
  const video = useRef<HTMLVideoElement>(null)
  const state = useCamera(video, true, onText)
  return (
    <section className="ck-camera" aria-label={t('aim')}>
      <video ref={video} muted playsInline />
      <p role="status">{state === 'refused' ? t('noCamera') : t('aim')}</p>
      <PlainButton onClick={onRefused}>{t('typeCode')}</PlainButton>
    </section>
  )
}

const provincePlace = 'fangxian.province'

/** Most plates at a post are of one province: the last one used is the first key. */
function usualFirst(): string[] {
  const usual = localStorage.getItem(provincePlace) ?? ''
  return provinces.includes(usual) ? [usual, ...provinces.filter(one => one !== usual)] : provinces
}

function keepProvince(one: string): void {
  try {
    localStorage.setItem(provincePlace, one)
  } catch {
    // A full storage costs the order of the keys and nothing else.
  }
}

interface KeysProps {
  text: string
  onText: (text: string) => void
}

/** First the province, then the rest; a plate that is whole takes no more. */
function PlateKeys({ text, onText }: KeysProps) {
  const t = useWords(checkWords)
  const first = text === ''
  const keys = first ? usualFirst() : [...figures, ...letters]
  return (
    <div className="ck-keys" role="group" aria-label={t(first ? 'provinces' : 'letters')}>
      {keys.map(key => (
        <button
          key={key}
          type="button"
          disabled={text.length >= plateMost}
          onClick={() => onText(text + key)}
        >
          {key}
        </button>
      ))}
      <Erase text={text} onText={onText} />
    </div>
  )
}

function CodeKeys({ text, onText }: KeysProps) {
  const t = useWords(checkWords)
  return (
    <div className="ck-keys" role="group" aria-label={t('typeCode')}>
      {[...figures, 'X'].map(key => (
        <button key={key} type="button" disabled={text.length >= 18} onClick={() => onText(text + key)}>
          {key}
        </button>
      ))}
      <Erase text={text} onText={onText} />
    </div>
  )
}

function Erase({ text, onText }: KeysProps) {
  const t = useWords(checkWords)
  return (
    <button
      type="button"
      className="ck-erase"
      aria-label={t('clear')}
      onClick={() => onText(text.slice(0, -1))}
    >
      <Icon name="backspace" size={24} />
    </button>
  )
}
