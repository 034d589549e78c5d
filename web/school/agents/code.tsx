import type { Enrolment } from '#agents'
import { showTime } from '#kernel'
import { ButtonLink, Details, PageHeading, SummaryList, Warning } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import { agentPath } from './parts.tsx'

export type Shown = Enrolment & { name: string; fingerprint: string }

/** The code, on this page only, with what to type where. */
export function showCode(visit: SchoolVisit, shown: Shown): Promise<Response> {
  const { id, name, code, expiresAtMs, fingerprint } = shown
  visit.c.header('Cache-Control', 'no-store')
  const { origin } = new URL(visit.settings.ORIGIN)
  return page(
    visit,
    { title: 'Code for the agent' },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <PageHeading caption={name}>Code for the agent</PageHeading>
        <Warning>This code is shown once. It works once, until {showTime(expiresAtMs)}.</Warning>
        <SummaryList
          rows={[
            { key: 'Code', value: <Mono>{code}</Mono> },
            { key: 'Address', value: <Mono>{origin}</Mono> },
            { key: 'Fingerprint of Schoolgate', value: <Mono>{fingerprint}</Mono> },
          ]}
        />
        <Steps command={`node agent.mjs enrol ${origin} ${code}`} />
        <ForWindows />
        <ForLinux />
        <ButtonLink href={agentPath(id)}>The program has taken the code</ButtonLink>
      </div>
    </div>,
  )
}

const Mono = ({ children }: { children: string }) => <code class="sg-typed">{children}</code>

const Steps = ({ command }: { command: string }) => (
  <>
    <h2 class="govuk-heading-m">What to do on the computer</h2>
    <ol class="govuk-list govuk-list--number">
      <li>
        Put the program, <Mono>agent.mjs</Mono>, and its configuration,{' '}
        <Mono>schoolgate-agent.json</Mono>, into a folder of their own. It needs Node.js 20 or
        later.
      </li>
      <li>
        In that folder, run <Mono>{command}</Mono>
      </li>
      <li>
        The program shows the fingerprint of Schoolgate. Compare all eight groups with the ones
        above. Type yes only if they are the same: then nobody stands in between.
      </li>
      <li>
        Run <Mono>node agent.mjs preview</Mono>. It shows what would leave the school and what would
        not, and sends nothing.
      </li>
      <li>
        Run <Mono>node agent.mjs push</Mono> to send it for the first time.
      </li>
    </ol>
  </>
)

const ForWindows = () => (
  <Details summary="Every night, on Windows">
    <p class="govuk-body">
      In Task Scheduler, make a task that runs whether or not somebody is signed in, under an
      account of its own that can read the export. It starts <Mono>node agent.mjs run</Mono> in the
      program’s folder when the computer starts, and again if it stops. A ready-made task is in the
      folder <Mono>recipes</Mono> that comes with the program.
    </p>
  </Details>
)

const ForLinux = () => (
  <Details summary="Every night, on Linux">
    <p class="govuk-body">
      Make a user of its own for the program. Copy the systemd service from the folder{' '}
      <Mono>recipes</Mono> that comes with the program, and start it with{' '}
      <Mono>systemctl enable --now schoolgate-agent</Mono>.
    </p>
  </Details>
)
