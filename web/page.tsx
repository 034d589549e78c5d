import type { Child } from 'hono/jsx'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { asDocument, BackLink, Layout, NotificationBanner, PhaseBanner } from './kit/index.ts'
import { areaOf } from './area.ts'
import { assets } from './assets.ts'
import { aboveIt, navigationFor } from './navigation.ts'
import { supportBanner } from './school/support/banners.tsx'
import { type Notice, notices, tellsOfSuccess } from './words/notices.ts'
import { roleNames } from './words/roles.ts'
import type { PersonVisit, Visit } from './route.ts'

export type PageOptions = {
  /** The page's own name, as in its heading. */
  title: string
  status?: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500
  hasErrors?: boolean
  before?: Child
}

/** Answers with a whole page. A notice left by the request before this one is shown once. */
export async function page(
  visit: Visit | PersonVisit,
  options: PageOptions,
  body: Child,
): Promise<Response> {
  const person = 'user' in visit ? visit : undefined
  const notice = takeNotice(visit)
  const support = person && (await supportBanner(person))
  const html = await asDocument(
    <Layout
      title={options.title}
      nonce={visit.nonce}
      assets={assets}
      home={person ? areaOf(person.organisation) : '/'}
      organisation={person?.organisation.name}
      user={person && signedIn(person)}
      navigation={person ? navigationFor(person) : []}
      footer={footerOf(visit, person)}
      hasErrors={options.hasErrors}
      banner={
        <>
          {sandboxBanner(visit)}
          {support}
        </>
      }
      before={options.before ?? (person && wayBack(person))}
      notification={
        notice && (
          <NotificationBanner kind={tellsOfSuccess(notice) ? 'success' : 'important'}>
            {notices[notice]}
          </NotificationBanner>
        )
      }
    >
      {body}
    </Layout>,
  )
  return visit.c.html(html, options.status ?? 200)
}

/** Answers with part of a page, for an island that replaces it. */
export const fragment = async (visit: Visit, body: Child): Promise<Response> =>
  visit.c.html(await (await (<>{body}</>)).toString())

/** Whether an island asks for just this part of the page. */
export const wantsFragment = (visit: Visit, name: string): boolean =>
  visit.c.req.header('X-Fragment') === name

const NOTICE = '__Host-notice'
const noticeOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** Post, redirect, get: on to a page, with a word about what was done. */
export function seeOther(visit: Visit, path: string, notice?: Notice): Response {
  if (notice) setCookie(visit.c, NOTICE, notice, { ...noticeOptions, maxAge: 60 })
  return visit.c.redirect(path, 303)
}

function takeNotice(visit: Visit): Notice | undefined {
  const left = getCookie(visit.c, NOTICE)
  if (left === undefined) return undefined
  deleteCookie(visit.c, NOTICE, noticeOptions)
  return left in notices ? (left as Notice) : undefined
}

/** From a page that the menu has under another entry, to that one. */
function wayBack(visit: PersonVisit): Child {
  const above = aboveIt(visit)
  return above && <BackLink href={above.href} text={above.text} />
}

const signedIn = ({ user }: PersonVisit) => ({
  name: user.name,
  role: roleNames[user.role],
  href: '/account',
  signOutAction: '/sign-out',
})

const footerOf = ({ settings }: Visit, person: PersonVisit | undefined) => ({
  support: {
    text: settings.SUPPORT_EMAIL,
    href: `mailto:${settings.SUPPORT_EMAIL}`,
    hours: settings.SUPPORT_HOURS,
  },
  dataProtectionOfficer: {
    text: settings.DATA_PROTECTION_OFFICER_EMAIL,
    href: `mailto:${settings.DATA_PROTECTION_OFFICER_EMAIL}`,
  },
  privacyNotice: settings.PRIVACY_NOTICE,
  links: person && [
    { text: 'Who processes our data', href: `${areaOf(person.organisation)}/register` },
  ],
})

const sandboxBanner = ({ settings }: Visit) =>
  settings.SANDBOX_URL === '' ? undefined : (
    <PhaseBanner tag="Sandbox">
      Messages go to{' '}
      <a class="govuk-link" href={`${settings.SANDBOX_URL}/phones`}>
        pretend phones
      </a>
      , not to real people.
    </PhaseBanner>
  )
