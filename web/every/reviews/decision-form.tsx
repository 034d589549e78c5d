import { decisions } from '#access'
import type { FieldErrors } from '../../form.ts'
import { Button, Form, Radios, TextInput } from '../../kit/index.ts'
import { choiceWords } from '../../words/reviews.ts'
import { EntitlementFields } from '../users/entitlement-fields.tsx'
import type { Kind } from '../users/entitlement-form.ts'
import type { Said } from './decision.ts'

type Props = {
  action: string
  /** The level that the page shows. */
  seen: string
  kind: Kind
  years: readonly string[]
  said: Said
  errors: FieldErrors
  /** Of whoever decides, being in charge alone. */
  isOwn: boolean
}

/** Keep, change, suspend or remove; of oneself only that one stays. */
export const DecisionForm = (props: Props) => (
  <Form action={props.action} hidden={{ seen: props.seen }}>
    <Radios
      name="decision"
      label="What about their access?"
      labelSize="m"
      choices={decisions
        .filter((decision) => decision === 'kept' || !props.isOwn)
        .map((decision) => ({
          value: decision,
          ...choiceWords[decision],
          reveals: decision === 'changed' ? <To {...props} /> : undefined,
        }))}
      value={props.said.decision}
      error={props.errors['decision']}
    />
    <TextInput
      name="note"
      label="Note (optional)"
      labelSize="s"
      hint="Stands in the record of the review: “Covers for Mr Pym until July”"
      value={props.said.note}
      error={props.errors['note']}
    />
    <Button>Save the decision</Button>
  </Form>
)

const To = ({ kind, years, said, errors }: Props) => (
  <EntitlementFields kind={kind} years={years} ticked={said.ticked} errors={errors} />
)
