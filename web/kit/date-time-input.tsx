import { FieldGroup, idOf, type FieldProps } from './field.tsx'

/**
 * A day and a time of day in Europe/London. Posts `<name>-date` (2026-11-23) and `<name>-time` (07:45),
 * or whatever was typed where the browser has no picker of its own.
 */
export const DateTimeInput = (
  props: FieldProps & {
    date?: string | undefined
    time?: string | undefined
    /** Earliest and latest day offered, as 2026-11-23. */
    min?: string | undefined
    max?: string | undefined
    wrong?: 'date' | 'time' | 'both' | undefined
  },
) => {
  const id = idOf(props)
  return (
    <FieldGroup {...props}>
      <div class="sg-date-time">
        <div class="sg-date-time__item">
          <label class="govuk-label" for={id}>
            Day
          </label>
          <input
            class={inputClass(props, 'date')}
            id={id}
            name={`${props.name}-date`}
            type="date"
            value={props.date}
            min={props.min}
            max={props.max}
            aria-invalid={isWrong(props, 'date') ? 'true' : undefined}
          />
        </div>
        <div class="sg-date-time__item">
          <label class="govuk-label" for={`${id}-time`}>
            Time
          </label>
          <input
            class={inputClass(props, 'time')}
            id={`${id}-time`}
            name={`${props.name}-time`}
            type="time"
            value={props.time}
            aria-invalid={isWrong(props, 'time') ? 'true' : undefined}
          />
        </div>
      </div>
    </FieldGroup>
  )
}

type Wrong = { error?: string | undefined; wrong?: 'date' | 'time' | 'both' | undefined }

const isWrong = (props: Wrong, part: 'date' | 'time'): boolean =>
  props.error !== undefined && [part, 'both'].includes(props.wrong ?? 'both')

const inputClass = (props: Wrong, part: 'date' | 'time'): string =>
  isWrong(props, part) ? 'govuk-input govuk-input--error' : 'govuk-input'
