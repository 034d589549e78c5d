import type { PropsWithChildren } from 'hono/jsx'

/** Fields that a form sends along unseen: a CSRF token, an idempotency key, an id. */
export type HiddenFields = Readonly<Record<string, string>>

/**
 * A form. POST unless told otherwise, because what people type here is personal and must not stand in a URL.
 * The browser's own checks are off: ours answer in one place, in our words, beside the field.
 */
export const Form = (
  props: PropsWithChildren<{
    action?: string | undefined
    method?: 'post' | 'get'
    id?: string | undefined
    upload?: boolean | undefined
    hidden?: HiddenFields | undefined
  }>,
) => (
  <form
    action={props.action}
    method={props.method ?? 'post'}
    id={props.id}
    enctype={props.upload ? 'multipart/form-data' : undefined}
    novalidate
  >
    <Hidden fields={props.hidden} />
    {props.children}
  </form>
)

export const Hidden = (props: { fields?: HiddenFields | undefined }) => (
  <>
    {Object.entries(props.fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)
