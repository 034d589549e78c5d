import { z } from 'zod'
import * as access from '#access'
import * as schools from '#schools'
import { formPage } from '../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import { Button, Form, Radios, TextInput } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { areaOf } from '../area.ts'
import { everyArea, type SchoolVisit } from '../route.ts'
import { settingsRefusals } from '../words/passwords.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const CHOOSE = 'Choose whether passwords are changed from time to time'
/** NaN for what is no number: out of every range, and said so in the field. */
const whole = z
  .string()
  .optional()
  .transform((text = '') => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN))

const form = z.object({
  period: z.enum(['off', 'on'], { error: CHOOSE }),
  passwordDays: whole,
  idleMinutes: whole,
  absoluteHours: whole,
})

/** What an organisation decides about its people's passwords and sessions. */
export const settings = everyArea('/settings', 'change-settings', {
  isConfirmed: true,

  get: (visit) => show(visit, {}, typedOf(visit.organisation)),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, read.errors, read.typed)

    const { period, passwordDays, idleMinutes, absoluteHours } = read.value
    const after = {
      passwordDays: period === 'off' ? null : passwordDays,
      idleMinutes,
      absoluteHours,
    }
    const { directory, school, organisation } = visit
    const limits = { idleMs: idleMinutes * MINUTE_MS, absoluteMs: absoluteHours * HOUR_MS }
    const problem =
      schools.settingsProblem(after) ??
      (await schools.changeSettings(
        directory,
        school,
        organisation,
        after,
        access.limitsShortened(directory, school, limits),
      ))
    if (problem) {
      const { field = 'form', refused } = problem
      return show(visit, { [field]: settingsRefusals[refused] }, read.typed)
    }
    return seeOther(visit, pathOf(visit), 'settings-changed')
  },
})

const pathOf = ({ organisation }: SchoolVisit): string => `${areaOf(organisation)}/settings`

const typedOf = ({ passwordDays, idleMinutes, absoluteHours }: schools.AccountSettings): Typed => ({
  period: passwordDays === null ? 'off' : 'on',
  passwordDays: passwordDays === null ? undefined : String(passwordDays),
  idleMinutes: String(idleMinutes),
  absoluteHours: String(absoluteHours),
})

function show(visit: SchoolVisit, errors: FieldErrors, typed: Typed): Promise<Response> {
  return formPage(
    visit,
    { title: 'Settings', caption: visit.organisation.name, errors },
    <Form action={pathOf(visit)}>
      <h2 class="govuk-heading-m">Passwords</h2>
      <Period errors={errors} typed={typed} />
      <h2 class="govuk-heading-m">Signing out</h2>
      <Lasting errors={errors} typed={typed} />
      <Button>Save settings</Button>
    </Form>,
  )
}

type Fields = { errors: FieldErrors; typed: Typed }

const { least: FEWEST_DAYS, most: MOST_DAYS } = schools.PASSWORD_DAYS

const Period = ({ errors, typed }: Fields) => (
  <Radios
    name="period"
    label="Must everyone change their password from time to time?"
    labelSize="s"
    hint="The National Cyber Security Centre and Cyber Essentials advise against it: people then choose weaker passwords. Some insurers and policies still ask for it"
    value={typed['period']}
    error={errors['period']}
    choices={[
      { value: 'off', text: 'No, a password stays until there is a reason to change it' },
      {
        value: 'on',
        text: 'Yes, after a number of days',
        reveals: (
          <TextInput
            name="passwordDays"
            label="Number of days"
            hint={`From ${FEWEST_DAYS} to ${MOST_DAYS}. Everyone is sent a reminder 14 days before, and 3 days before`}
            inputmode="numeric"
            width={4}
            suffix="days"
            value={typed['passwordDays']}
            error={errors['passwordDays']}
          />
        ),
      },
    ]}
  />
)

const { least: SHORTEST_IDLE, most: LONGEST_IDLE } = schools.IDLE_MINUTES
const { least: SHORTEST_HOURS, most: LONGEST_HOURS } = schools.ABSOLUTE_HOURS

const Lasting = ({ errors, typed }: Fields) => (
  <>
    <p class="govuk-body">
      A shorter time holds at once, for everyone who is signed in now. A longer one holds from the
      next sign-in.
    </p>
    <TextInput
      name="idleMinutes"
      label="Sign people out when they do nothing for"
      labelSize="s"
      hint={`From ${SHORTEST_IDLE} to ${LONGEST_IDLE} minutes. Unless you change it, 30`}
      inputmode="numeric"
      width={4}
      suffix="minutes"
      value={typed['idleMinutes']}
      error={errors['idleMinutes']}
    />
    <TextInput
      name="absoluteHours"
      label="Sign people out, however busy, after"
      labelSize="s"
      hint={`From ${SHORTEST_HOURS} to ${LONGEST_HOURS} hours. Unless you change it, 12`}
      inputmode="numeric"
      width={4}
      suffix="hours"
      value={typed['absoluteHours']}
      error={errors['absoluteHours']}
    />
  </>
)
