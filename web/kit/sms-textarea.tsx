import { Field, idOf } from './field.tsx'
import { smsWords, type SmsCount } from './sms-words.ts'
import { TextareaControl, type TextareaProps } from './textarea.tsx'

/**
 * The text of an SMS with its length in words below it. The server writes the length of what was typed so far;
 * with scripts it follows the typing.
 */
export const SmsTextarea = (props: TextareaProps & { count?: SmsCount | undefined }) => {
  const outputId = `${idOf(props)}-length`
  return (
    <Field {...props}>
      <TextareaControl
        {...props}
        describedByAlso={[outputId]}
        island="sms-counter"
        output={outputId}
      />
      <p id={outputId} class="govuk-hint sg-sms-length">
        {props.count
          ? smsWords(props.value ?? '', props.count)
          : 'One text holds 160 plain characters; emoji and unusual letters make it 70.'}
      </p>
      <p class="govuk-visually-hidden" role="status" data-announce-for={outputId}></p>
    </Field>
  )
}
