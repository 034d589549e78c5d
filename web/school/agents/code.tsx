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
        <Steps />
        <ForWindows enrol={`-Address ${origin} -Code ${code} -Fingerprint "${fingerprint}"`} />
        <ForLinux enrol={`enrol ${origin} ${code}`} />
        <ButtonLink href={agentPath(id)}>The program has taken the code</ButtonLink>
      </div>
    </div>,
  )
}

const Steps = () => (
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
      <li>Go on as below, for the system that the computer has.</li>
      <li>
        The program shows the fingerprint of Schoolgate. All eight groups must be those above: then
        nobody stands in between. After that it shows its own, which you compare with the one on the
        agent’s page here. Is the code refused, and that page says that it was used? Then somebody
        else used it: revoke the agent there.
      </li>
      <li>
        Look at the preview with whoever answers for the data, before anything is sent.{' '}
        <a class="govuk-link" href={INSTRUCTIONS}>
          All the instructions
        </a>
      </li>
    </ol>
  </>
)

const Commands = ({ lines }: { lines: readonly (readonly [command: string, does: string])[] }) => (
  <ol class="govuk-list govuk-list--number govuk-list--spaced">
    {lines.map(([command, does]) => (
      <li>
        <Mono>{command}</Mono>
        <div class="govuk-hint govuk-!-margin-bottom-0">{does}</div>
      </li>
    ))}
  </ol>
)

// As the recipes have it: who copies a command gets the folders right.
const ForWindows = ({ enrol }: { enrol: string }) => (
  <Details summary="On Windows">
    <p class="govuk-body">
      Put <Mono>agent.mjs</Mono> into <Mono>C:\Program Files\Schoolgate</Mono> and the configuration
      into <Mono>C:\ProgramData\Schoolgate</Mono>. Then run, as an administrator, where you unpacked
      the zip. <Mono>D:\Exports</Mono> stands for the folder that your system exports into; leave it
      out, with the word before it, if the data comes by an API.
    </p>
    <Commands
      lines={[
        [`${SCRIPT}enrol.ps1 ${enrol}`, 'Compares the fingerprint, and takes the code'],
        [`${SCRIPT}install.ps1 -Exports D:\\Exports -NotYet`, 'Lets the program read that folder'],
        [`${SCRIPT}agent.ps1 preview`, 'Shows what would leave the school, and sends nothing'],
        [
          `${SCRIPT}install.ps1 -Exports D:\\Exports`,
          'Makes a task that starts with the computer, under an account that can do little else, and sends at once',
        ],
      ]}
    />
  </Details>
)

const SCRIPT = 'powershell -ExecutionPolicy Bypass -File recipes\\windows\\'

const ForLinux = ({ enrol }: { enrol: string }) => (
  <Details summary="On Linux">
    <p class="govuk-body">
      Make a user <Mono>schoolgate</Mono>. Put <Mono>agent.mjs</Mono> into{' '}
      <Mono>/opt/schoolgate-agent</Mono> and the configuration into{' '}
      <Mono>/etc/schoolgate-agent</Mono>, with <Mono>/var/lib/schoolgate-agent</Mono>, which belongs
      to that user, as its <Mono>state</Mono>. Then:
    </p>
    <Commands
      lines={[
        [
          `${AGENT} ${enrol} ${CONFIG}`,
          'Asks whether the fingerprint is the same: type yes if it is',
        ],
        [`${AGENT} preview ${CONFIG}`, 'Shows what would leave the school, and sends nothing'],
        [`${AGENT} push ${CONFIG}`, 'Sends for the first time'],
        [
          'sudo cp recipes/linux/schoolgate-agent.service /etc/systemd/system/',
          'Puts the service into its place',
        ],
        ['sudo systemctl enable --now schoolgate-agent', 'Lets it run by itself, every night'],
      ]}
    />
  </Details>
)

const AGENT = 'sudo -u schoolgate node /opt/schoolgate-agent/agent.mjs'
const CONFIG = '--config /etc/schoolgate-agent/schoolgate-agent.json'
