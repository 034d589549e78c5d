import { londonDay, showDay } from '#kernel'
import * as schools from '#schools'
import type { Party, RegisterChange, RegisterEntry } from '#schools'
import { Inset, Table } from '../kit/index.ts'
import type { SchoolVisit } from '../route.ts'
import { hostingPlaces, partWords, productWords } from '../words/organisations.ts'

type Line = { name: string; part: string; what: string; where: string; since: string }

/** One table a product: the controller above it, the processors in it. */
export const Entries = ({
  entries,
  visit,
}: {
  entries: readonly RegisterEntry[]
  visit: SchoolVisit
}) => (
  <>
    {entries.map((entry) => (
      <section class="govuk-!-margin-bottom-8">
        <h2 class="govuk-heading-m">{productWords[entry.product].name}</h2>
        <p class="govuk-body">
          Controller: <strong>{entry.controller}</strong>
        </p>
        <Table
          caption={`Processors for ${productWords[entry.product].name}`}
          captionSize="s"
          columns={[
            { head: 'Name', cell: ({ name }: Line) => name },
            { head: 'For', cell: ({ part }) => part },
            { head: 'What it does', cell: ({ what }) => what },
            { head: 'Where', cell: ({ where }) => where },
            { head: 'Since', cell: ({ since }) => since },
          ]}
          rows={linesOf(entry, visit)}
        />
        {entry.nobodyFor.length > 0 && (
          <p class="govuk-body">
            Not used, and done by nobody, at present:{' '}
            {entry.nobodyFor.map((part) => partWords[part].toLowerCase()).join(', ')}.
          </p>
        )}
      </section>
    ))}
  </>
)

function linesOf({ processors, product }: RegisterEntry, visit: SchoolVisit): Line[] {
  const lines = processors.map((one) => ({
    name: one.name,
    part: partWords[one.part],
    what: one.what,
    where: placeOf(one, visit),
    since: showDay(one.since),
  }))
  return product === 'looked-after-call' ? lines : [...lines, ...supplierOf(visit)]
}

const placeOf = ({ where }: Party, { settings }: SchoolVisit): string =>
  where === 'hosting' ? hostingPlaces[settings.JURISDICTION] : where

/** The school’s own processor, from whose system its pupils come. */
function supplierOf({ organisation }: SchoolVisit): Line[] {
  const { kind, misSupplier, startsOn, createdAtMs } = organisation
  if (kind !== 'school' || misSupplier === null) return []
  return [
    {
      name: misSupplier,
      part: 'Records system',
      what: 'Holds the school’s own records, from which pupils and contacts are imported',
      where: 'As the school and its supplier have agreed',
      since: startsOn ? showDay(startsOn) : showDay(londonDay(createdAtMs)),
    },
  ]
}

type ChangesProps = { changes: readonly RegisterChange[]; support: string }

/** What was announced and is not in force yet, and that one may object. */
export const ChangesAhead = ({ changes, support }: ChangesProps) =>
  changes.length === 0 ? (
    <p class="govuk-body">No change is announced.</p>
  ) : (
    <>
      <Table
        caption="Announced changes"
        columns={[
          { head: 'From', cell: ({ on }: RegisterChange) => showDay(on) },
          { head: 'Change', cell: (change) => changeWords(change) },
          { head: 'What it does', cell: ({ party }) => party.what },
          { head: 'For', cell: ({ products }) => productNames(products) },
          { head: 'Announced on', cell: ({ announcedOn }) => showDay(announcedOn) },
        ]}
        rows={changes}
      />
      <p class="govuk-body">
        You may object to a change until it is in force: write to{' '}
        <a class="govuk-link" href={`mailto:${support}`}>
          {support}
        </a>{' '}
        and say why.
      </p>
    </>
  )

/** For home pages, from the announcement until the change is in force; nothing at other times. */
export const RegisterNotice = (props: { changes: readonly RegisterChange[]; area: string }) => {
  const [first] = props.changes
  if (!first) return null
  return (
    <Inset>
      <strong>
        {changeWords(first)} from {showDay(first.on)}.
      </strong>{' '}
      It concerns who processes your data.{' '}
      <a class="govuk-link" href={`${props.area}/register`}>
        See what changes, and your right to object
      </a>
    </Inset>
  )
}

const changeWords = ({ kind, party: { name } }: RegisterChange): string =>
  kind === 'begins' ? `${name} is used as a processor` : `${name} is no longer used`

const productNames = (products: readonly schools.Product[]): string =>
  products.map((product) => productWords[product].name).join(', ')
