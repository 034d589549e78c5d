import { count } from '#delivery'
import { type Millipence, showPence, showPounds } from '#kernel'
import * as messaging from '#messaging'
import type { LeftOutGroup, Message, Preview } from '#messaging'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors, Typed } from '../../form.ts'
import {
  Button,
  Details,
  Form,
  Inset,
  SummaryList,
  type SummaryRow,
  Warning,
} from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import {
  categoryWords,
  channelWords,
  checkProblemWords,
  contactRuleWords,
  counted,
  leftOutHelp,
  ruleWords,
} from '../../words/messages.ts'
import { audienceWords } from './audience-words.ts'
import { When } from './check-when.tsx'
import { authorOf, messagePath, senderOf } from './whose.ts'

export type CheckProps = {
  message: Message
  preview: Preview
  audience: string
  errors: FieldErrors
  typed: Typed
  nowMs: number
}

/** Who would get the message, who would not and why, what it costs; then when it is to go. */
export async function showCheck(
  visit: SchoolVisit,
  message: Message,
  { errors = {}, typed = {} }: { errors?: FieldErrors; typed?: Typed } = {},
): Promise<Response> {
  const { school } = visit
  await messaging.view(school, message)
  const withinYears = messaging.yearsFor(authorOf(visit), message)
  const [preview, audience] = await Promise.all([
    messaging.check(school, { ...message, withinYears }, senderOf(visit)),
    audienceWords(school, message),
  ])
  const isDraft = messaging.can('edit', message)
  const props = { message, preview, audience, errors, typed, nowMs: school.clock.now() }
  return formPage(
    visit,
    {
      title: 'Check before sending',
      back: { href: isDraft ? messagePath(message, '/edit') : messagePath(message) },
      errors,
      isWide: true,
    },
    <CheckPage {...props} />,
  )
}

const CheckPage = (props: CheckProps) => {
  const { message, preview } = props
  const blocking = preview.problems.filter((one) => one !== 'not-enough-credit')
  return (
    <>
      {preview.problems.map((problem) => (
        <Warning>{checkProblemWords[problem]}.</Warning>
      ))}
      <SummaryList title="Message" rows={answers(props)} />
      <SummaryList title="Who gets it, and what it costs" rows={figures(props)} />
      <LeftOut groups={preview.leftOut} />
      <Samples {...props} />
      {blocking.length === 0 && <When {...props} />}
      {messaging.can('discard', message) && (
        <Form action={messagePath(message, '/discard')}>
          <Button kind="secondary">Throw this draft away</Button>
        </Form>
      )}
    </>
  )
}

function answers({ message, audience }: CheckProps): SummaryRow[] {
  const { content, category, channel, contactRule } = message
  const change = (field: string, hidden: string) =>
    messaging.can('edit', message)
      ? { action: { text: 'Change', href: `${messagePath(message, '/edit')}#${field}`, hidden } }
      : {}
  return [
    {
      key: 'To',
      value: audience,
      ...(messaging.isAnswer(message) ? {} : change('to', 'who it is to')),
    },
    ...(messaging.isAboutPupils(message.audience)
      ? [
          {
            key: 'Which contacts',
            value: contactRuleWords[contactRule].name,
            ...change('contactRule', 'which contacts'),
          },
        ]
      : []),
    {
      key: 'What for',
      value: categoryWords[category].name,
      ...change('category', 'what it is for'),
    },
    { key: 'How', value: channelWords[channel].name },
    ...(content.subject === null
      ? []
      : [{ key: 'Subject', value: content.subject, ...change('subject', 'the subject') }]),
    {
      key: 'Message',
      value: <span class="sg-typed">{content.text}</span>,
      ...change('text', 'the message'),
    },
  ]
}

function figures({ message, preview }: CheckProps): SummaryRow[] {
  const { one, many } = channelWords[message.channel]
  const about = preview.pupils > 0 ? ` about ${counted(preview.pupils, 'pupil', 'pupils')}` : ''
  const who = `${counted(preview.recipients, one, many)} to ${counted(preview.people, 'person', 'people')}${about}`
  if (message.channel === 'email') {
    return [
      { key: 'Recipients', value: who },
      { key: 'Price', value: 'E-mail costs nothing' },
    ]
  }
  return [
    { key: 'Recipients', value: who },
    { key: 'Length', value: lengthWords(preview) },
    { key: 'Price', value: <strong>{exactly(preview.price)}</strong> },
    {
      key: 'Credit',
      value: `${showPounds(preview.creditBefore)} now, ${showPounds(preview.creditAfter)} after`,
    },
  ]
}

function lengthWords({ longest, parts, recipients, price }: Preview): string {
  if (!longest) return 'Nothing to send'
  const each = `${counted(longest.parts, 'part', 'parts')} at most`
  const culprits = longest.encoding === 'UCS-2' ? count(longest.text).culprits.join(' ') : ''
  const why = culprits && `, since ${culprits} leaves room for fewer characters`
  const perPart = showPence((price / parts) as typeof price)
  return `${each}${why}; ${counted(parts, 'part', 'parts')} for ${recipients.toLocaleString('en-GB')} at ${perPart} each`
}

const LeftOut = ({ groups }: { groups: readonly LeftOutGroup[] }) => (
  <>
    <h2 class="govuk-heading-m">Who does not get it</h2>
    {groups.length === 0 && <p class="govuk-body">Nobody is left out.</p>}
    {groups.map(({ rule, count, names }) => (
      <Details summary={`${count.toLocaleString('en-GB')}: ${ruleWords[rule]}`}>
        {leftOutHelp[rule] && <p class="govuk-body">{leftOutHelp[rule]}</p>}
        <ul class="govuk-list govuk-list--bullet">
          {names.map((name) => (
            <li>{name}</li>
          ))}
          {count > names.length && (
            <li>and {(count - names.length).toLocaleString('en-GB')} more</li>
          )}
        </ul>
      </Details>
    ))}
  </>
)

const Samples = ({ preview, message }: CheckProps) =>
  preview.samples.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">How it will read</h2>
      {preview.samples.map(({ to, subject, text }) => (
        <Inset>
          <p class="govuk-body govuk-!-font-weight-bold">
            {to}
            {message.channel === 'email' && `: ${subject}`}
          </p>
          <p class="govuk-body sg-typed">{text}</p>
        </Inset>
      ))}
    </>
  )

/** To the tenth of a penny, where the pounds alone would round it. */
const exactly = (price: Millipence): string =>
  price % 1_000 === 0 ? showPounds(price) : `${showPounds(price)} (${showPence(price)} exactly)`
