import './form.css'
import { type FormEvent, type ReactElement, type ReactNode, cloneElement, useId } from 'react'
import { useWords } from '../i18n.ts'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'
import { PlainButton } from './PlainButton.tsx'

export type FieldProps = {
  label: ReactNode
  /** Below the label, before there is an error. */
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  /** Behind the control: a unit, a small button. */
  after?: ReactNode
  /** Spans all columns of the form. */
  wide?: boolean
  /** One control that takes `id` and aria props: antd's inputs, a native one, TextInput. */
  children: ReactElement
}

type ControlProps = {
  id?: string
  status?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
  'aria-required'?: boolean
}

/** Label above, control, error under the field. The words are tied to the control for readers. */
export function Field({ label, hint, error, required, after, wide, children }: FieldProps) {
  const t = useWords(uiWords)
  const made = useId()
  const control = children as ReactElement<ControlProps>
  const id = control.props.id ?? made
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  // Ant Design paints its own frame from `status`; a native input would pass the word on to the page.
  const native = typeof children.type === 'string'
  const wired = cloneElement(control, {
    id,
    ...(about ? { 'aria-describedby': about } : {}),
    ...(error ? { 'aria-invalid': true, ...(native ? {} : { status: 'error' }) } : {}),
    ...(required ? { 'aria-required': true } : {}),
  })
  return (
    <div className={wide ? 'fx-field fx-field-wide' : 'fx-field'} data-error={error ? true : undefined}>
      <label htmlFor={id}>
        {label}
        {required ? <span className="fx-field-required">{t('required')}</span> : null}
      </label>
      <div className="fx-field-control">
        {wired}
        {after}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="fx-field-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="fx-field-error">
          <Signal kind="red" size={14} />
          {error}
        </p>
      ) : null}
    </div>
  )
}

export type FieldFormProps = {
  label?: string
  /** Two columns where there is room. */
  columns?: 1 | 2
  onSubmit?: () => void
  /** Above the fields: an ErrorNote. */
  error?: ReactNode
  /** Buttons; the filled one last. */
  foot?: ReactNode
  id?: string
  /** Of a form whose unsent content is kept: says that it is back, and throws it away. */
  kept?: { restored: boolean; discard: () => void }
  children?: ReactNode
}

/** The native form: Enter submits, and `form="id"` lets a button in a drawer's foot do so. */
export function FieldForm(props: FieldFormProps) {
  const { label, columns = 1, onSubmit, error, foot, id, kept, children } = props
  const t = useWords(uiWords)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <form id={id} className="fx-form" aria-label={label} data-columns={columns} noValidate onSubmit={submit}>
      {kept?.restored ? (
        <p className="fx-form-kept" role="status">
          {t('draftRestored')}
          <PlainButton onClick={kept.discard}>{t('draftDiscard')}</PlainButton>
        </p>
      ) : null}
      {error}
      <div className="fx-form-fields">{children}</div>
      {foot ? <div className="fx-form-foot">{foot}</div> : null}
    </form>
  )
}

export type TextInputProps = Omit<React.ComponentProps<'input'>, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
  /** Ant Design's word for an error; set by Field. */
  status?: string
}

/** A plain input that costs nothing: the phone's forms load no Ant Design. */
export function TextInput({ value, onChange, status: _status, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      {...rest}
      className={className ? `fx-input ${className}` : 'fx-input'}
      value={value}
      onChange={event => onChange(event.target.value)}
    />
  )
}

export type TextAreaProps = Omit<React.ComponentProps<'textarea'>, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
  status?: string
}

export function TextArea({ value, onChange, status: _status, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={className ? `fx-input ${className}` : 'fx-input'}
      value={value}
      onChange={event => onChange(event.target.value)}
    />
  )
}

export type SelectInputProps = Omit<React.ComponentProps<'select'>, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string }[]
  placeholder?: string
  status?: string
}

export function SelectInput(props: SelectInputProps) {
  const { value, onChange, options, placeholder, status: _status, className, ...rest } = props
  return (
    <select
      {...rest}
      className={className ? `fx-input ${className}` : 'fx-input'}
      value={value}
      onChange={event => onChange(event.target.value)}
    >
      {placeholder === undefined ? null : <option value="">{placeholder}</option>}
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
