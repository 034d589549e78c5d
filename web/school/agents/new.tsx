import { z } from 'zod'
import * as agents from '#agents'
import { isRefusal } from '#kernel'
import { keyFingerprint } from '#vault'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, TextInput } from '../../kit/index.ts'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { agentRefusals } from '../../words/agents.ts'
import { showCode } from './code.tsx'
import { Download, Mono, Recipes } from './download.tsx'
import { AGENTS, hourIn, HourSelect } from './parts.tsx'

const form = z.object({
  name: z.string().optional().default(''),
  nightlyHour: z.string().optional(),
})

/** Makes a place for a program, and shows the code by which it takes it: once, on the page that answers. */
export const agentNew = schoolRoute('/school/agents/new', 'manage-agents', {
  isConfirmed: true,

  get: (visit) => ask(visit, {}, {}),

  post: async (visit) => {
    const { directory, school } = visit
    const read = await readForm(visit.c, form)
    if (!read.ok) return ask(visit, read.errors, read.typed)
    const { name } = read.value
    const nightlyHour = hourIn(read.value.nightlyHour)
    const enrolment = await agents.openEnrolment(directory, school, { name, nightlyHour })
    if (isRefusal(enrolment)) {
      const { refused, field = 'form' } = enrolment
      return ask(visit, { [field]: agentRefusals[refused] }, read.typed)
    }
    const { publicKey } = await agents.currentKey(directory)
    const fingerprint = await keyFingerprint(publicKey)
    return showCode(visit, { name: name.trim(), fingerprint, ...enrolment })
  },
})

function ask(visit: SchoolVisit, errors: FieldErrors, typed: Typed): Promise<Response> {
  return formPage(
    visit,
    { title: 'Enrol an agent', back: { href: AGENTS }, errors },
    <>
      <p class="govuk-body">
        Have the computer at hand on which the program shall run, and somebody who may install
        programs on it.
      </p>
      <Prepare />
      <h2 class="govuk-heading-m">3. Make a code</h2>
      <p class="govuk-body">
        By it the program makes itself known. It works once and for one hour, so make it when the
        program is in its place. The next page says how to go on.
      </p>
      <Form action={`${AGENTS}/new`}>
        <TextInput
          name="name"
          label="What do you call the program?"
          labelSize="s"
          hint="After the computer that it runs on, like Office server"
          autocomplete="off"
          value={typed['name']}
          error={errors['name']}
        />
        <HourSelect value={typed['nightlyHour']} error={errors['nightlyHour']} />
        <Button>Make a code</Button>
      </Form>
    </>,
  )
}

/** What needs no code, and may take longer than one lasts. */
const Prepare = () => (
  <>
    <h2 class="govuk-heading-m">1. Download the program</h2>
    <Download />
    <h2 class="govuk-heading-m">2. Give it its configuration</h2>
    <p class="govuk-body">
      Unpack the zip into a folder of its own on that computer. Then <Recipes />. It holds no
      password.
    </p>
    <p class="govuk-body">
      Whether it is right is said by <Mono>node agent.mjs preview</Mono>, which sends nothing, once
      the program is enrolled.
    </p>
  </>
)
