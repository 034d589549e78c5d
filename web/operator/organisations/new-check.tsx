import { showDay, showPence, showPhone, showPounds } from '#kernel'
import * as schools from '#schools'
import { Button, Form, Inset, PageHeading, SummaryList, type SummaryRow } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import {
  contractStateNames,
  organisationKindNames,
  productWords,
} from '../../words/organisations.ts'
import { type Answers, type Step, whole } from './new-answers.ts'
import { Carried, titles, WIZARD } from './new-pages.tsx'

/** All answers on one page, before anything is made of them. */
export async function showCheck(visit: SchoolVisit, answers: Answers): Promise<Response> {
  const { kind } = answers
  const trusts = await schools.trusts(visit.directory)
  const trust = trusts.find(({ id }) => id === answers.typed.partOf)?.name
  return page(
    visit,
    { title: titles.check },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <PageHeading caption="Set up an organisation">{titles.check}</PageHeading>
        <Form action={WIZARD}>
          <Carried answers={answers} step="check" />
          <Lists visit={visit} answers={answers} trust={trust} />
          {kind !== 'trust' && (
            <Inset>
              {answers.typed.personName} is sent an invitation to open the first account. It can be
              used for a week.
            </Inset>
          )}
          <Button name="to" value="create">
            {kind === 'trust' ? 'Create the trust' : 'Create and invite'}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

type ListsProps = { visit: SchoolVisit; answers: Answers; trust: string | undefined }

const Lists = ({ visit, answers, trust }: ListsProps) => {
  const { details, contract, contacts, first } = whole(visit, answers)
  const kind = organisationKindNames[answers.kind]
  const state = schools.firstState(contract.begins === 'trial', contract.endsOn)
  return (
    <>
      <Answered
        title="Name and details"
        step="details"
        rows={[
          ['Kind', kind],
          ['Name', details.name],
          ['DfE number', details.dfeNumber],
          ['Trust', trust],
          ['First day', details.startsOn && showDay(details.startsOn)],
          ['Supplier of its records system', details.misSupplier],
          ['Texts come from', details.textsFrom && showPhone(details.textsFrom)],
          ['Price of each part', details.textsFrom && showPence(details.smsPriceMillipence)],
          ['E-mails come from', details.emailFrom],
        ]}
      />
      <Answered
        title="Contract and products"
        step="contract"
        rows={[
          ['Begins', contractStateNames[state]],
          ['Ends', contract.endsOn && showDay(contract.endsOn)],
          ['Products', contract.products.map((one) => productWords[one].name).join(', ')],
          ['First credit', contract.credit > 0 && showPounds(contract.credit)],
        ]}
      />
      <Answered
        title="People"
        step="people"
        rows={[
          ['First Administrator', first && `${first.personName}, ${first.personEmail}`],
          ['Postal address', contacts.address],
          ['Contact person', contacts.contactName],
          ['Contact’s e-mail', contacts.contactEmail],
          ['Contact’s telephone number', contacts.contactPhone && showPhone(contacts.contactPhone)],
          ['Data protection officer', contacts.dataProtectionOfficerName],
          ['Data protection officer’s e-mail', contacts.dataProtectionOfficerEmail],
        ]}
      />
    </>
  )
}

type Row = [key: string, value: string | false | null | undefined]

/** What a page was answered, without what was left out; the button goes back to it. */
const Answered = (props: { title: string; step: Step; rows: readonly Row[] }) => {
  const rows: SummaryRow[] = props.rows.flatMap(([key, value]) => (value ? [{ key, value }] : []))
  return (
    <>
      {rows.length > 0 && <SummaryList title={props.title} rows={rows} />}
      <Button kind="quiet" name="to" value={props.step}>
        Change<span class="govuk-visually-hidden"> {props.title.toLowerCase()}</span>
      </Button>
    </>
  )
}
