import * as delivery from '#delivery'
import { showShort } from '#kernel'
import { Button, ButtonGroup, Empty, Form, PageHeading, Table } from '../kit/index.ts'
import { mayAsOperator } from '../may.ts'
import { page } from '../page.tsx'
import { operatorRoute, type SchoolVisit } from '../route.ts'
import { describeJob } from './job-words.ts'

/** Jobs that a queue gave up on, by id. What is in a message or who gets it is not to be seen here. */
export const deadLetters = operatorRoute('/operator/dead-letters', 'see-health', {
  get: async (visit) => {
    const letters = await delivery.deadLetters.list(visit.directory)
    return page(visit, { title: 'Dead letters' }, <Letters visit={visit} letters={letters} />)
  },
})

type LettersProps = { visit: SchoolVisit; letters: delivery.deadLetters.DeadLetter[] }

const Letters = ({ visit, letters }: LettersProps) => (
  <>
    <PageHeading>Dead letters</PageHeading>
    <p class="govuk-body">
      Jobs that failed so often that their queue gave them up. Once the cause is mended, retry them:
      a job says only what to look at, so one that was done meanwhile changes nothing, and no
      message is sent twice. Discard one only where there is nothing left to do: the sweep each
      minute finds parcels that no job speaks of.
    </p>
    <Table
      caption="Waiting for somebody"
      narrow="cards"
      columns={[
        { head: 'Given up', cell: ({ atMs }) => showShort(atMs) },
        { head: 'Queue', cell: ({ queue }) => queue },
        { head: 'Job', cell: ({ body }) => <Job body={body} /> },
        ...(mayAsOperator(visit.user, 'mend-queues')
          ? [{ head: 'What to do', cell: ({ id }: { id: string }) => <Choice id={id} /> }]
          : []),
      ]}
      rows={letters}
      empty={
        <Empty heading="No dead letters">
          Every queue gets its work done. One that gives up on a job puts it here.
        </Empty>
      }
    />
  </>
)

const Job = ({ body }: { body: unknown }) => (
  <ul class="govuk-list govuk-!-margin-bottom-0">
    {describeJob(body).map((line) => (
      <li>
        {line.word} <code class="sg-id">{line.id}</code>
      </li>
    ))}
  </ul>
)

const Choice = ({ id }: { id: string }) => (
  <Form action={`/operator/dead-letters/${id}/retry`}>
    <ButtonGroup>
      <Button kind="secondary">
        Retry<span class="govuk-visually-hidden"> job {id}</span>
      </Button>
      <Button kind="quiet" formaction={`/operator/dead-letters/${id}/discard`}>
        Discard<span class="govuk-visually-hidden"> job {id}</span>
      </Button>
    </ButtonGroup>
  </Form>
)
