import * as access from '#access'
import { showDay } from '#kernel'
import type { Child } from 'hono/jsx'
import type { FieldErrors } from '../../form.ts'
import { type Chosen, Filter, Select, TextInput } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { machineWords, trailGroups } from '../../words/trail.ts'
import { everything, type Looked, OPERATOR, queryOf } from './filter.ts'
import { namesFor } from './named.ts'

type Option = { value: string; text: string }

/** What a page that narrows the trail offers to choose from, and names for what is chosen. */
export type Choices = { people: Option[]; subject: string | undefined }

export async function choicesFor(visit: SchoolVisit, looked: Looked): Promise<Choices> {
  const { directory, school } = visit
  const [users, nameOf] = await Promise.all([
    access.list(directory, school),
    namesFor(visit, [looked.subject]),
  ])
  const own = users
    .toSorted((one, other) => order.compare(one.name, other.name))
    .map(({ id, name, state }) => ({
      value: id as string,
      text: state === 'active' ? name : `${name} (${state})`,
    }))
  const others = [
    { value: OPERATOR, text: 'Schoolgate’s people' },
    ...Object.entries(machineWords).map(([value, text]) => ({ value, text })),
  ]
  const offered = [...own, ...others]
  const isOffered = offered.some(({ value }) => value === looked.who)
  const one = looked.who === '' || isOffered ? [] : [{ value: looked.who, text: 'One person' }]
  const subject = looked.subject && (nameOf(looked.subject)?.name ?? looked.subject)
  return { people: [...offered, ...one], subject: subject || undefined }
}

/** The conditions, all of them ids, days and words of ours; `more` stands beneath them. */
export const TrailFilter = (props: {
  action: string
  looked: Looked
  choices: Choices
  errors: FieldErrors
  more: Child
}) => {
  const { action, looked, choices, errors } = props
  return (
    <Filter
      action={action}
      method="get"
      chosen={chosenOf(looked, choices)}
      clearHref={action}
      hidden={{
        ...(looked.subject !== '' && { subject: looked.subject }),
        ...(looked.access !== '' && { access: looked.access }),
      }}
    >
      <Select name="who" label="Who" prompt="Anybody" value={looked.who} options={choices.people} />
      <Select
        name="what"
        label="What"
        prompt="Anything"
        value={looked.what}
        options={Object.entries(trailGroups).map(([value, { name }]) => ({ value, text: name }))}
      />
      <TextInput
        name="from"
        type="date"
        label="First day"
        value={looked.from}
        error={errors['from']}
      />
      <TextInput name="to" type="date" label="Last day" value={looked.to} error={errors['to']} />
      {props.more}
    </Filter>
  )
}

function chosenOf(looked: Looked, { people, subject }: Choices): Chosen[] {
  const { who, what, access: leave, from, to } = looked
  const all: (Chosen | false)[] = [
    who !== '' && chosen('who', who, people.find(({ value }) => value === who)?.text ?? who),
    what !== '' && chosen('what', what, trailGroups[what].name),
    subject !== undefined && chosen('subject', looked.subject, `About: ${subject}`),
    leave !== '' && chosen('access', leave, 'One visit of support'),
    from !== '' && chosen('from', from, `From ${dayWords(from)}`),
    to !== '' && chosen('to', to, `Until ${dayWords(to)}`),
  ]
  return all.filter((one) => one !== false)
}

const chosen = (name: keyof Looked, value: string, text: string): Chosen => ({ name, value, text })

const dayWords = (day: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? showDay(day) : day)

/** Where the page is without the condition whose button was pressed; undefined where none was. */
export function withoutRemoved(
  looked: Looked,
  remove: string | undefined,
  path: string,
): string | undefined {
  const name = remove?.slice(0, remove.indexOf(':'))
  if (name === undefined || !Object.hasOwn(everything, name)) return undefined
  return path + queryOf(looked, { [name]: '' })
}

const order = new Intl.Collator('en-GB', { sensitivity: 'base' })
