import { isQuietHours, londonDay } from '#kernel'
import * as messaging from '#messaging'
import type { Message } from '#messaging'
import type { FieldErrors, Typed } from '../../form.ts'
import { Button, ButtonGroup, Checkbox, DateTimeInput, Form, Radios } from '../../kit/index.ts'
import { messagePath } from './whose.ts'

export type WhenProps = { message: Message; errors: FieldErrors; typed: Typed; nowMs: number }

/** When a checked message is to go: now, or at a time; at night only with a tick. */
export const When = ({ message, errors, typed, nowMs }: WhenProps) => {
  const mayDisturb = messaging.isEmergency(message)
  const asksForQuiet = errors['quiet'] !== undefined || isQuietHours(nowMs)
  return (
    <Form action={messagePath(message, '/schedule')}>
      <Radios
        name="when"
        label="When does it go?"
        labelSize="m"
        error={errors['when']}
        value={typed['when']}
        choices={[
          { value: 'now', text: 'Now', hint: whyNotNow(nowMs, mayDisturb) },
          {
            value: 'later',
            text: 'At a time',
            hint: 'Who gets it is worked out again then.',
            reveals: (
              <DateTimeInput
                name="at"
                label="Day and time"
                hint="In UK time."
                error={errors['at']}
                date={typed['at-date']}
                time={typed['at-time']}
                min={londonDay(nowMs)}
              />
            ),
          },
        ]}
      />
      {!mayDisturb && asksForQuiet && (
        <Checkbox
          name="quiet"
          label="It may go between 9pm and 7am"
          hint="Phones may wake people. Emergencies need no tick."
          error={errors['quiet']}
          checked={typed['quiet'] === 'yes'}
        />
      )}
      <ButtonGroup>
        <Button>Send the message</Button>
      </ButtonGroup>
    </Form>
  )
}

const whyNotNow = (nowMs: number, mayDisturb: boolean): string | undefined =>
  isQuietHours(nowMs) && !mayDisturb
    ? 'It is between 9pm and 7am: tick below that it may go.'
    : undefined
