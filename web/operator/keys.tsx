import * as agents from '#agents'
import { showDate } from '#kernel'
import * as schools from '#schools'
import { keyFingerprint } from '#vault'
import { Button, Form, PageHeading, Table } from '../kit/index.ts'
import { page } from '../page.tsx'
import { operatorRoute } from '../route.ts'

const SHOWN = 200

/** Fresh keys: for one customer, or a new master key for all. Nothing sealed is seen here. */
export const keys = operatorRoute('/operator/keys', 'rotate-keys', {
  isConfirmed: true,
  get: async (visit) => {
    const agentKey = await agents.currentKey(visit.directory)
    const fingerprint = await keyFingerprint(agentKey.publicKey)
    const listed = await schools.list(visit.directory, { limit: SHOWN })
    return page(
      visit,
      { title: 'Keys' },
      <>
        <PageHeading>Keys</PageHeading>
        <h2>A new master key</h2>
        <p>
          Put the new key in front of the others in the secret MASTER_KEYS and deploy. Then wrap
          every keyring under it, until nothing is left. Only then may the old key go.
        </p>
        <Form action="/operator/keys/wrapping">
          <Button kind="secondary">Wrap keyrings under the newest master key</Button>
        </Form>
        <h2>A fresh key for schools’ agents</h2>
        <p>
          Agents seal what they send to this key, made on {showDate(agentKey.createdAtMs)}:{' '}
          <code class="sg-typed">{fingerprint}</code>. It is turned each year by itself. Agents
          learn of a fresh one when they next say hello; the one before opens for 30 days more, and
          for a year proves the new one to programs that were off.
        </p>
        <Form action="/operator/keys/agent-key">
          <Button kind="secondary">Make a fresh key for agents</Button>
        </Form>
        <h2>A fresh key for one customer</h2>
        <p>
          New data is sealed under it within a minute. Data that is there, the customer’s users and
          kept files included, is sealed anew step by step: press again until nothing is left, and
          once more after a minute, for what was written meanwhile.
        </p>
        <Table
          caption="Customers"
          captionHidden
          columns={[
            { head: 'Name', cell: ({ name }: schools.Organisation) => name },
            { head: 'What to do', cell: ({ id, name }) => <Choices id={id} name={name} /> },
          ]}
          rows={listed}
        />
      </>,
    )
  },
})

const Choices = ({ id, name }: { id: string; name: string }) => (
  <Form action={`/operator/keys/${id}/rotation`}>
    <Button kind="secondary">
      Make a fresh key<span class="govuk-visually-hidden"> for {name}</span>
    </Button>{' '}
    <Button kind="quiet" formaction={`/operator/keys/${id}/resealing`}>
      Seal older data anew<span class="govuk-visually-hidden"> for {name}</span>
    </Button>
  </Form>
)
