import * as mis from '#mis'
import { showDay, showPhone, showShort } from '#kernel'
import { Button, Empty, Form, PageHeading, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { writeBackStates, writeBackTitle } from '../../words/write-backs.ts'

type WriteBack = mis.writeBacks.WriteBack

/** What was decided or corrected here and belongs in the school's own system, and how far each has got. */
export const writeBackList = schoolRoute('/school/write-backs', 'mend-contacts', {
  get: async (visit) => {
    const found = await mis.writeBacks.view(visit.school)
    const waiting = await mis.writeBacks.countWaiting(visit.school)
    return page(
      visit,
      { title: 'Back to your system' },
      <>
        <PageHeading>Back to your system</PageHeading>
        {waiting > 0 && (
          <p class="govuk-body">
            {waiting === 1
              ? 'One correction is'
              : `${waiting.toLocaleString('en-GB')} corrections are`}{' '}
            not in your management information system yet. The agent takes them there. Without one,
            type each in yourself and say so here: until then an import may bring the old one back.
          </p>
        )}
        <Table
          caption="Corrections and decisions"
          captionHidden
          columns={columns}
          rows={found}
          empty={<Nothing />}
        />
      </>,
    )
  },
})

const Nothing = () => (
  <Empty heading="Nothing to take back">
    A number that is corrected here, or an attendance code that is decided here, appears on this
    list until your management information system has it.
  </Empty>
)

const columns = [
  { head: 'Whose', cell: ({ record }: WriteBack) => <Whose record={record} /> },
  { head: 'Was', cell: ({ record }: WriteBack) => <span class="sg-typed">{was(record)}</span> },
  { head: 'Is right', cell: ({ record }: WriteBack) => <span class="sg-typed">{is(record)}</span> },
  {
    head: 'Decided',
    cell: ({ record: { decidedBy }, createdAtMs }: WriteBack) =>
      `${decidedBy.name}, ${decidedBy.title}, ${showShort(createdAtMs)}`,
  },
  { head: 'State', cell: (writeBack: WriteBack) => <State writeBack={writeBack} /> },
  {
    head: 'Done by hand',
    headHidden: true,
    cell: (writeBack: WriteBack) =>
      mis.writeBacks.can('do-by-hand', writeBack) && <DoneByHand writeBack={writeBack} />,
  },
]

const Whose = ({ record }: Pick<WriteBack, 'record'>) => (
  <>
    {writeBackTitle(record)}
    {record.kind === 'mark' && (
      <div>
        {showDay(record.date)}, {record.isLesson ? `lesson ${record.session}` : record.session}
      </div>
    )}
    {record.kind === 'point' && record.pupils.length > 0 && (
      <div>
        Contact of{' '}
        {record.pupils.map(({ forename, surname }) => `${forename} ${surname}`).join(', ')}
      </div>
    )}
  </>
)

const State = ({ writeBack: { state, refusedBecause } }: { writeBack: WriteBack }) => (
  <>
    <Tag tone={writeBackStates[state].tone}>{writeBackStates[state].words}</Tag>
    {refusedBecause && <div>{refusedBecause}</div>}
  </>
)

const DoneByHand = ({ writeBack: { id, record } }: { writeBack: WriteBack }) => (
  <Form action={`/school/write-backs/${id}/done`}>
    <Button kind="secondary">
      I have typed it in
      <span class="govuk-visually-hidden"> for {writeBackTitle(record)}</span>
    </Button>
  </Form>
)

const was = (record: WriteBack['record']): string =>
  record.kind === 'mark' ? record.original : shown(record.channel, record.was)
const is = (record: WriteBack['record']): string =>
  record.kind === 'mark' ? record.code : shown(record.channel, record.is)
const shown = (channel: 'phone' | 'email', value: string): string =>
  channel === 'email' ? value : showPhone(value)
