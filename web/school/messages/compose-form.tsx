import { count } from '#delivery'
import * as messaging from '#messaging'
import type { Author } from '#messaging'
import {
  Button,
  ButtonGroup,
  Details,
  Form,
  Inset,
  Radios,
  SmsTextarea,
  TextInput,
} from '../../kit/index.ts'
import { categoryWords } from '../../words/messages.ts'
import { type ComposeProps, Whom } from './compose-whom.tsx'

/** The one form for a new message, a draft and an answer. Complete without scripts. */
export const ComposeForm = (props: ComposeProps) => {
  const { fields, errors } = props
  const { draft } = fields
  return (
    <Form action={props.action}>
      {props.answerTo ? <Inset>To {props.answerTo}</Inset> : <Whom {...props} />}
      <Radios
        name="category"
        label="What is it for?"
        labelSize="m"
        hint="This decides who can be left out of it, and when it may go."
        error={errors['category']}
        value={fields.hasCategory ? draft.category : undefined}
        choices={categoriesFor(props.author).map((category) => ({
          value: category,
          text: categoryWords[category].name,
          hint: categoryWords[category].meaning,
        }))}
      />
      <What {...props} />
      <ButtonGroup>
        <Button name="step" value="continue">
          Check before sending
        </Button>
        <a class="govuk-link" href="/school/messages">
          Cancel
        </a>
      </ButtonGroup>
    </Form>
  )
}

const categoriesFor = ({ sendsEmergencies }: Author) =>
  messaging.categories.filter((category) => category !== 'emergency' || sendsEmergencies)

const What = ({ fields, errors, answerTo }: ComposeProps) => {
  const { draft } = fields
  return (
    <>
      {!answerTo && (
        <Radios
          name="channel"
          label="How does it go?"
          labelSize="m"
          value={draft.channel}
          choices={[
            { value: 'sms', text: 'Text message' },
            {
              value: 'email',
              text: 'E-mail',
              reveals: (
                <TextInput
                  name="subject"
                  label="Subject"
                  error={errors['subject']}
                  value={draft.subject ?? ''}
                />
              ),
            },
          ]}
        />
      )}
      <SmsTextarea
        name="text"
        label="Message"
        labelSize="m"
        hint="Say which school it is from: a text comes from a number that parents may not know. An e-mail may be as long as it needs."
        error={errors['text']}
        value={draft.text}
        rows={6}
        count={count(draft.text)}
      />
      <Placeholders />
    </>
  )
}

const placeholders: readonly [string, string][] = [
  ['((pupil first name))', 'Elsa, or for a family Elsa and Otto'],
  ['((pupil full name))', 'Elsa Lindqvist'],
  ['((registration group))', '4H'],
  ['((year group))', 'Year 4'],
  ['((contact name))', 'Mrs Astrid Lindqvist'],
  ['((school))', 'the name of your school'],
]

const Placeholders = () => (
  <Details summary="Names that fill themselves in">
    <p class="govuk-body">
      Type these with their double brackets. A family gets one message for all its children.
    </p>
    <dl class="govuk-summary-list govuk-summary-list--no-border">
      {placeholders.map(([typed, becomes]) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{typed}</dt>
          <dd class="govuk-summary-list__value">{becomes}</dd>
        </div>
      ))}
    </dl>
  </Details>
)
