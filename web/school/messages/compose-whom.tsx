import * as messaging from '#messaging'
import type { Author } from '#messaging'
import * as people from '#people'
import type { FieldErrors } from '../../form.ts'
import { Button, Checkboxes, type Choice, Radios, TextInput } from '../../kit/index.ts'
import { contactRuleWords } from '../../words/messages.ts'
import type { Choices } from './choices.ts'
import type { Fields } from './fields.ts'

export type ComposeProps = {
  action: string
  fields: Fields
  errors: FieldErrors
  choices: Choices
  author: Author
  /** Whom an answer goes to; other messages ask. */
  answerTo?: string | undefined
}

/** Whom a message goes to: everyone, groups and pupils found by name, or staff. */
export const Whom = (props: ComposeProps) => {
  const { fields, errors, author } = props
  return (
    <>
      <Radios
        name="to"
        label="Who is it to?"
        labelSize="m"
        error={errors['to']}
        value={fields.to}
        choices={whomChoices(props)}
      />
      <Radios
        name="contactRule"
        label="Which contacts of the pupils?"
        labelSize="m"
        hint={
          author.years === null ? 'A message to staff goes to the staff themselves.' : undefined
        }
        value={fields.draft.contactRule}
        choices={messaging.contactRules.map((rule) => ({
          value: rule,
          text: contactRuleWords[rule].name,
          hint: contactRuleWords[rule].meaning,
        }))}
      />
    </>
  )
}

function whomChoices(props: ComposeProps): Choice[] {
  const { author, choices, fields } = props
  const pupils: Choice[] = [
    { value: 'every-pupil', text: 'All pupils', hint: author.years?.join(', ') },
    { value: 'some-pupils', text: 'Some pupils', reveals: <SomePupils {...props} /> },
  ]
  if (choices.staff.length === 0) return pupils
  return [
    ...pupils,
    { value: 'every-staff', text: 'All staff' },
    {
      value: 'some-staff',
      text: 'Some staff',
      reveals: (
        <Checkboxes
          name="staff"
          label="Staff"
          small
          selectAll={{ one: 'member of staff', many: 'staff' }}
          values={fields.draft.audience.staff}
          choices={choices.staff.map(({ id, record }) => ({
            value: id,
            text: people.staffName(record),
          }))}
        />
      ),
    },
  ]
}

const SomePupils = ({ choices, fields, action }: ComposeProps) => (
  <>
    {choices.groups.length > 0 && (
      <Checkboxes
        name="groups"
        label="Groups"
        small
        selectAll={{ one: 'group', many: 'groups' }}
        values={fields.draft.audience.groups}
        choices={choices.groups.map(({ id, name, pupils }) => ({
          value: id,
          text: `${name} (${pupils})`,
        }))}
      />
    )}
    {choices.pupils.length + choices.found.length > 0 && (
      <Checkboxes
        name="pupils"
        label="Pupils by name"
        small
        hint={choices.found.length > 0 ? 'Tick those to add.' : undefined}
        values={choices.pupils.map(({ id }) => id)}
        choices={[...choices.pupils, ...choices.found].map((line) => ({
          value: line.id,
          text: people.fullName(line.record),
          hint: [line.yearGroup, line.registrationGroup].filter(Boolean).join(', ') || undefined,
        }))}
      />
    )}
    <TextInput
      name="find"
      type="search"
      label="Find a pupil by name"
      hint={foundWords(choices, fields)}
      value={fields.find}
      width={20}
      autocomplete="off"
      spellcheck={false}
    />
    <Button kind="secondary" name="step" value="find" formaction={`${action}#find`}>
      Find pupils
    </Button>
  </>
)

function foundWords({ found }: Choices, { find }: Fields): string {
  if (find.trim() === '') return 'First name, surname or registration group.'
  return found.length === 0
    ? 'No other pupil has that name.'
    : `${found.length} found, in the list above.`
}
