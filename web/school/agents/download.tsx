import { program } from '../../agent-program.ts'
import { ButtonLink, Details, SummaryList } from '../../kit/index.ts'

export const INSTRUCTIONS = '/school/agents/instructions'

export const Mono = ({ children }: { children: string }) => <code class="sg-typed">{children}</code>

/** The program with its recipes and instructions, and how to tell that it came whole and from here. */
export const Download = () => (
  <>
    <p class="govuk-body">
      Version {program.version}, in a zip of {kilobytes(program.bytes)} with ready-made
      configurations and instructions. It runs on Windows and on Linux and needs Node.js 20 or
      later. You can{' '}
      <a class="govuk-link" href={INSTRUCTIONS}>
        read the instructions
      </a>{' '}
      first.
    </p>
    <ButtonLink kind="secondary" href={program.href}>
      Download the program
    </ButtonLink>
    <Check />
  </>
)

const Check = () => (
  <Details summary="Check that it came whole">
    <p class="govuk-body">
      Run one of these where you saved it, and compare what it shows with the line below. Small or
      capital letters make no difference. If anything else differs, do not use the file.
    </p>
    <SummaryList
      rows={[
        { key: 'On Windows', value: <Mono>{`Get-FileHash ${program.fileName}`}</Mono> },
        { key: 'On Linux', value: <Mono>{`sha256sum ${program.fileName}`}</Mono> },
        { key: 'SHA-256 of the zip', value: <Mono>{program.sha256}</Mono> },
        { key: 'SHA-256 of agent.mjs in it', value: <Mono>{program.programSha256}</Mono> },
      ]}
    />
  </Details>
)

/** Which of the ready-made files to begin with. */
export const Recipes = () => (
  <>
    copy the one of <Mono>recipes/sims.json</Mono>, <Mono>recipes/wonde.json</Mono> and{' '}
    <Mono>recipes/csv.json</Mono> that fits your system, as <Mono>schoolgate-agent.json</Mono>, into
    the same folder, and write into it where your system puts its exports
  </>
)

/** What a program says of its version, and whether there is a newer one to be had. */
export const Version = ({ version }: { version: string | null }) => {
  if (version === null || version === 'unknown') return <>Not known</>
  if (version === program.version) return <>{version}</>
  return (
    <>
      {version}; the newest is{' '}
      <a class="govuk-link" href={program.href}>
        {program.version}
      </a>
    </>
  )
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`
