import { Button } from 'antd'
import type { ReactNode } from 'react'
import { DetailDrawer, type DetailDrawerProps } from './DetailDrawer.tsx'
import { FieldForm, type FieldFormProps } from './FieldForm.tsx'
import { ProblemNote } from './ProblemNote.tsx'

type Doing = { isPending: boolean; error: unknown }
export type FormDrawerProps = Pick<
  DetailDrawerProps,
  'onClose' | 'title' | 'subtitle' | 'width' | 'footStart'
> &
  Pick<FieldFormProps, 'columns' | 'kept' | 'children'> & {
    /** On the button: it names its effect. Without it there is none. */
    ok?: ReactNode
    /** Enough is filled in. */
    ready?: boolean
    danger?: boolean
    /** The commands behind it: the button waits for them, and the problem of one stands above the fields. */
    doing: Doing[]
    onSubmit: () => void
    /** Below the form. */
    after?: ReactNode
  }

/** A drawer with one form and one filled button. Enter submits, unless what is done is dangerous. */
export function FormDrawer(props: FormDrawerProps) {
  const { ok, ready = true, danger, doing, onSubmit, after, columns, kept, children, ...drawer } = props
  const error = doing.find(one => one.error)?.error
  const submit = () => {
    if (ready) onSubmit()
  }
  return (
    <DetailDrawer
      open
      {...drawer}
      footEnd={
        ok ? (
          <Button
            type="primary"
            danger={danger}
            disabled={!ready}
            loading={doing.some(one => one.isPending)}
            onClick={submit}
          >
            {ok}
          </Button>
        ) : undefined
      }
    >
      <FieldForm
        columns={columns}
        kept={kept}
        onSubmit={danger || !ok ? undefined : submit}
        error={error ? <ProblemNote error={error} safe="kept" /> : undefined}
      >
        {children}
      </FieldForm>
      {after}
    </DetailDrawer>
  )
}
