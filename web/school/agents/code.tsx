import type { Enrolment } from '#agents'
import { showTime } from '#kernel'
import { ButtonLink, Details, PageHeading, SummaryList, Warning } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { program } from '../../agent-program.ts'
import type { SchoolVisit } from '../../route.ts'
import { INSTRUCTIONS, Mono, Recipes } from './download.tsx'
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
        <ForWindows enrol={`-Address ${origin} -Code ${code} -Fingerprint '${fingerprint}'`} />
        <ForLinux enrol={`enrol ${origin} ${code}`} />
        <ButtonLink href={agentPath(id)}>The program has taken the code</ButtonLink>
      </div>
    </div>,
  )
}

const Steps = ({ command }: { command: string }) => (
  <>
    <h2 class="govuk-heading-m">What to do on the computer</h2>
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      <li>
        If it is not there yet,{' '}
        <a class="govuk-link" href={program.href}>
          download the program
        </a>{' '}
        and unpack it into a folder of its own. It needs Node.js 20 or later.
      </li>
      <li>
        If there is no configuration yet, <Recipes />.
      </li>
      <li>
        In that folder, run <Mono>{command}</Mono>
      </li>
      <li>
        The program shows the fingerprint of Schoolgate. Compare all eight groups with the ones
        above. Type yes only if they are the same: then nobody stands in between. After that it
        shows its own, which you compare with the one on the agent’s page here. Is the code refused,
        and that page says that it was used? Then somebody else used it: revoke the agent there.
      </li>
      <li>
        Run <Mono>node agent.mjs preview</Mono>. It shows what would leave the school and what would
        not, and sends nothing. Look at it with whoever answers for the data; then send it for the
        first time with <Mono>node agent.mjs push</Mono>
      </li>
      <li>
        Let it run by itself, as below. From then on the data comes every night.{' '}
        <a class="govuk-link" href={INSTRUCTIONS}>
          All the instructions
        </a>
      </li>
    </ol>
  </>
)

// As the recipes have it: who copies a command gets the folders right.
const ForWindows = ({ enrol }: { enrol: string }) => (
  <Details summary="By itself, on Windows">
    <p class="govuk-body">
      Put <Mono>agent.mjs</Mono> into <Mono>C:\Program Files\Schoolgate</Mono> and the configuration
      into <Mono>C:\ProgramData\Schoolgate</Mono>. Then run, as an administrator, where you unpacked
      the zip:
    </p>
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      <li>
        <Mono>
          {`powershell -ExecutionPolicy Bypass -File recipes\\windows\\enrol.ps1 ${enrol}`}
        </Mono>{' '}
        instead of step 3, having compared the fingerprint with the one above
      </li>
      <li>
        <Mono>{'powershell -ExecutionPolicy Bypass -File recipes\\windows\\install.ps1'}</Mono>
      </li>
    </ol>
    <p class="govuk-body">
      It makes a task that starts with the computer, under an account that can do little else.
    </p>
  </Details>
)

const ForLinux = ({ enrol }: { enrol: string }) => (
  <Details summary="By itself, on Linux">
    <p class="govuk-body">
      Make a user <Mono>schoolgate</Mono>. Put <Mono>agent.mjs</Mono> into{' '}
      <Mono>/opt/schoolgate-agent</Mono> and the configuration into{' '}
      <Mono>/etc/schoolgate-agent</Mono>, with <Mono>/var/lib/schoolgate-agent</Mono>, which belongs
      to that user, as its <Mono>state</Mono>. Then:
    </p>
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      <li>
        <Mono>{`sudo -u schoolgate node /opt/schoolgate-agent/agent.mjs ${enrol} ${CONFIG}`}</Mono>{' '}
        instead of step 3
      </li>
      <li>
        <Mono>sudo cp recipes/linux/schoolgate-agent.service /etc/systemd/system/</Mono>
      </li>
      <li>
        <Mono>sudo systemctl enable --now schoolgate-agent</Mono>
      </li>
    </ol>
  </Details>
)

const CONFIG = '--config /etc/schoolgate-agent/schoolgate-agent.json'
