import * as access from '#access'
import { showDate } from '#kernel'
import { BackLink, ButtonLink, Empty, PageHeading, SummaryList, Table } from '../kit/index.ts'
import { page } from '../page.tsx'
import { signedInRoute } from '../route.ts'
import { ownArea } from './own.ts'

/** What somebody can show when they sign in, beside their password: to add to and to take away from. */
export const factors = signedInRoute('/account/factors', {
  isConfirmed: true,
  get: async (visit) => {
    const school = await ownArea(visit)
    const found = await access.factorsOf(visit.directory, school, visit.standing.user.id)
    return page(
      visit,
      { title: 'Two-step sign-in', before: <BackLink href="/account" /> },
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <PageHeading>Two-step sign-in</PageHeading>
          <p class="govuk-body">
            After your password you show one of these. Have two, so that you can still sign in when
            one is lost.
          </p>
          <Passkeys passkeys={found.passkeys} />
          <App app={found.app} />
          {access.hasFactor(found) && <RecoveryCodes left={found.recoveryCodesLeft} />}
        </div>
      </div>,
    )
  },
})

const Passkeys = ({ passkeys }: Pick<access.Factors, 'passkeys'>) => (
  <section>
    <h2 class="govuk-heading-m">Passkeys</h2>
    <Table
      caption="Your passkeys"
      captionHidden
      columns={[
        { head: 'Name', cell: ({ name }) => name },
        { head: 'Added', cell: ({ createdAtMs }) => showDate(createdAtMs) },
        { head: 'Last used', cell: ({ lastUsedAtMs }) => showLast(lastUsedAtMs) },
        { head: 'Remove', headHidden: true, cell: Removal },
      ]}
      rows={passkeys}
      empty={
        <Empty heading="No passkeys" headingLevel={3}>
          A passkey is the quickest way: your fingerprint, your face or the PIN of your device.
        </Empty>
      }
    />
    {passkeys.length < access.MAX_PASSKEYS && (
      <ButtonLink href="/account/factors/passkey" kind="secondary">
        Add a passkey
      </ButtonLink>
    )}
  </section>
)

const showLast = (atMs: number | null) => (atMs === null ? 'Not yet' : showDate(atMs))

const Removal = ({ id, name }: access.Passkey) => (
  <a class="govuk-link" href={`/account/factors/removal?factor=${id}`}>
    Remove<span class="govuk-visually-hidden"> {name}</span>
  </a>
)

const App = ({ app }: Pick<access.Factors, 'app'>) => (
  <section>
    <h2 class="govuk-heading-m">Authenticator app</h2>
    {app ? (
      <>
        <SummaryList
          rows={[
            {
              key: 'Set up',
              value: showDate(app.addedAtMs),
              action: {
                text: 'Remove',
                href: '/account/factors/removal?factor=app',
                hidden: 'the authenticator app',
              },
            },
          ]}
        />
        <ButtonLink href="/account/factors/app" kind="secondary">
          Move to another phone
        </ButtonLink>
      </>
    ) : (
      <>
        <p class="govuk-body">You have not set one up.</p>
        <ButtonLink href="/account/factors/app" kind="secondary">
          Set up an authenticator app
        </ButtonLink>
      </>
    )}
  </section>
)

const RecoveryCodes = ({ left }: { left: number }) => (
  <section>
    <h2 class="govuk-heading-m">Recovery codes</h2>
    <p class="govuk-body">
      {left === 0
        ? 'You have none left. Make new ones, or you may not get in if you lose your phone.'
        : left === 1
          ? 'One is left.'
          : `${left} are left.`}
    </p>
    <ButtonLink href="/account/recovery-codes" kind="secondary">
      Make new recovery codes
    </ButtonLink>
  </section>
)
