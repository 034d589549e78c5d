import type { Agent, ServerKey } from '#agents'
import { fromBase64url, showShort } from '#kernel'
import { keyFingerprint } from '#vault'
import type { FieldErrors } from '../../form.ts'
import {
  Button,
  ButtonGroup,
  ButtonLink,
  Form,
  SummaryList,
  type SummaryRow,
} from '../../kit/index.ts'
import { Version } from './download.tsx'
import { agentPath, Health, HourSelect, whenWords } from './parts.tsx'
import { Pushes, type Sent } from './pushes.tsx'

export type Viewed = {
  agent: Agent
  sent: readonly Sent[]
  serverKey: ServerKey
  errors: FieldErrors
  nowMs: number
}

export async function AgentView({ agent, sent, serverKey, errors, nowMs }: Viewed) {
  return (
    <>
      <SummaryList rows={healthRows(agent, nowMs)} />
      {agent.state === 'enrolling' && (
        <ButtonLink kind="secondary" href={agentPath(agent.id, '/new-code')}>
          Make a new code
        </ButtonLink>
      )}
      {agent.state !== 'revoked' && (
        <Form action={agentPath(agent.id)}>
          <HourSelect
            value={agent.nightlyHour === null ? '' : String(agent.nightlyHour)}
            error={errors['nightlyHour']}
          />
          <Button kind="secondary">Save the hour</Button>
        </Form>
      )}
      {agent.keys && <Keys rows={await keyRows(agent, serverKey)} agent={agent} />}
      <Pushes sent={sent} />
      {agent.state !== 'revoked' && (
        <ButtonLink kind="secondary" href={agentPath(agent.id, '/revocation')}>
          Revoke this agent
        </ButtonLink>
      )}
    </>
  )
}

const healthRows = (agent: Agent, nowMs: number): SummaryRow[] => [
  { key: 'How it is', value: <Health agent={agent} nowMs={nowMs} /> },
  { key: 'Last data', value: whenWords(agent.lastPushAtMs) },
  { key: 'Last seen', value: whenWords(agent.lastSeenAtMs) },
  { key: 'Version', value: <Version version={agent.version} /> },
  {
    key: agent.enrolledAtMs === null ? 'Code made' : 'Enrolled',
    value: whenWords(agent.enrolledAtMs ?? agent.createdAtMs),
  },
  ...(agent.state === 'active' && agent.expectedByMs !== null
    ? [{ key: 'Next data expected by', value: showShort(agent.expectedByMs) }]
    : []),
]

async function keyRows({ keys }: Agent, serverKey: ServerKey): Promise<SummaryRow[]> {
  const own = keys ? await keyFingerprint(fromBase64url(keys.publicKey)) : ''
  const isChanging = keys !== null && (keys.nextApiKey !== null || keys.isNewKeyWanted)
  return [
    { key: 'Of this agent', value: <code class="sg-typed">{own}</code> },
    {
      key: 'Of Schoolgate',
      value: <code class="sg-typed">{await keyFingerprint(serverKey.publicKey)}</code>,
    },
    ...(isChanging
      ? [{ key: 'Change of keys', value: 'Asked for. The agent does it when it next says hello.' }]
      : []),
  ]
}

const Keys = ({ rows, agent }: { rows: SummaryRow[]; agent: Agent }) => (
  <>
    <h2 class="govuk-heading-m">Fingerprints</h2>
    <p class="govuk-body">
      The program shows both with <code class="sg-typed">node agent.mjs status</code>. If they are
      the same there, each side talks to the other and to nobody in between.
    </p>
    <SummaryList rows={rows} />
    <ButtonGroup>
      <ButtonLink kind="secondary" href={agentPath(agent.id, '/key-change')}>
        Change the keys
      </ButtonLink>
    </ButtonGroup>
  </>
)
