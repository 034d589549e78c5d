import * as agents from '#agents'
import type { Agent } from '#agents'
import { ButtonLink, Empty, PageHeading, Table } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { Download, Version } from './download.tsx'
import { agentPath, AGENTS, Health, whenWords } from './parts.tsx'

/** The programs in the school that send its data, and how they are. */
export const agentList = schoolRoute('/school/agents', 'manage-agents', {
  get: async (visit) => {
    const nowMs = visit.directory.clock.now()
    const listed = await agents.list(visit.directory, visit.school)
    return page(
      visit,
      { title: 'Agents' },
      <>
        <PageHeading actions={listed.length > 0 && enrol}>Agents</PageHeading>
        <p class="govuk-body">
          An agent is a small program on a computer in your school. Each night it takes what
          Schoolgate needs from your management information system, seals it so that only Schoolgate
          can open it, and sends it here.
        </p>
        <Table
          caption="Programs of your school"
          captionHidden
          columns={[
            {
              head: 'Name',
              cell: ({ id, name }: Agent) => (
                <a class="govuk-link" href={agentPath(id)}>
                  {name}
                </a>
              ),
            },
            { head: 'How it is', cell: (agent) => <Health agent={agent} nowMs={nowMs} /> },
            { head: 'Last data', cell: ({ lastPushAtMs }) => whenWords(lastPushAtMs) },
            { head: 'Last seen', cell: ({ lastSeenAtMs }) => whenWords(lastSeenAtMs) },
            { head: 'Version', cell: ({ version }) => <Version version={version} /> },
          ]}
          rows={listed}
          empty={<NoneYet />}
        />
        <h2 class="govuk-heading-m">The program</h2>
        <Download />
      </>,
    )
  },
})

const enrol = <ButtonLink href={`${AGENTS}/new`}>Enrol an agent</ButtonLink>

const NoneYet = () => (
  <Empty heading="No agent yet" action={enrol}>
    Without one, somebody imports a file by hand on the page Imports. With one, the data arrives
    every night by itself.
  </Empty>
)
