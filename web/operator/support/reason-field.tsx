import { Textarea } from '../../kit/index.ts'

/** Asks somebody of the operator why they want to be in a school’s area. */
export const ReasonField = (props: { value: string | undefined; error: string | undefined }) => (
  <Textarea
    name="reason"
    label="Why do you need to be in?"
    labelSize="s"
    hint="The school reads this. Write no pupil’s or parent’s name in it"
    rows={3}
    {...props}
  />
)
