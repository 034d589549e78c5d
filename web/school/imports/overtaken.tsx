import type { PropsWithChildren } from 'hono/jsx'
import { showDateTime } from '#kernel'
import type { Import } from '#mis'
import { Warning } from '../../kit/index.ts'
import { importName } from '../../words/pushes.ts'
import { importPath } from './import-of.ts'

type Props = { by: Import }

/** It waited, and meanwhile newer data came in: there is nothing to do with it but to forget it. */
export const Overtaken = ({ by, children }: PropsWithChildren<Props>) => (
  <>
    <Warning>
      Newer data has been applied since this was made, and this would take the school back to before
      it. Discard it. If it is what you want all the same, export it again in your management
      information system.
    </Warning>
    <Newer by={by} />
    {children}
  </>
)

/** By what: so that somebody can see whether it is right. */
export const Newer = ({ by }: Props) => (
  <p class="govuk-body">
    What is newer:{' '}
    <a class="govuk-link sg-typed" href={importPath(by)}>
      {importName(by)}
    </a>
    , as it was on {showDateTime(by.takenAtMs)}
    {by.closedAtMs !== null && `, applied on ${showDateTime(by.closedAtMs)}`}.
  </p>
)

/** It waited for an approval that nobody gave before the next export of its feed came. */
export const Replaced = ({ by }: { by: Import['id'] }) => (
  <p class="govuk-body">
    Nothing of this was applied: while it waited, a newer export of the same feed came, which says
    all that there is.{' '}
    <a class="govuk-link" href={importPath({ id: by })}>
      Look at the newer one
    </a>
  </p>
)
