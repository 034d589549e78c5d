import { ButtonLink, PageHeading, Warning } from '../kit/index.ts'

const FILE_NAME = 'schoolgate-recovery-codes.txt'

/** New recovery codes, this once: to print, or to save as a file that the page itself carries. */
export const CodeList = ({ codes, onward }: { codes: readonly string[]; onward: string }) => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">
      <PageHeading>Your recovery codes</PageHeading>
      <p class="govuk-body">
        If you lose your phone or your passkey, one of these lets you in instead. Each works once.
        Those made before no longer work.
      </p>
      <Warning>They are shown this once. Print this page or save the codes now.</Warning>
      <ul class="govuk-list">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" download={FILE_NAME} href={asFile(codes)}>
          Save the codes as a file
        </a>
      </p>
      <p class="govuk-body">
        Keep them where others do not look, and not in the same place as your password.
      </p>
      <ButtonLink href={onward}>Continue</ButtonLink>
    </div>
  </div>
)

const asFile = (codes: readonly string[]): string =>
  `data:text/plain;charset=utf-8,${encodeURIComponent(
    ['Schoolgate recovery codes. Each works once.', '', ...codes, ''].join('\r\n'),
  )}`
