import type { Child, PropsWithChildren } from 'hono/jsx'

import { Footer, type FooterProps } from './footer.tsx'
import { Header, type HeaderProps } from './header.tsx'

/** Paths of the built files, from `dist/manifest.json`. Their names carry a hash, so browsers keep them for good. */
export type Assets = { css: string; js: string; icon: string }

export type LayoutProps = PropsWithChildren<
  HeaderProps & {
    /** The page's own name; the organisation and the product follow. */
    title: string
    /** Of this response, for the Content Security Policy. */
    nonce: string
    assets: Assets
    footer: FooterProps
    /** Puts "Error:" before the title, the first thing a screen reader says. */
    hasErrors?: boolean | undefined
    /** A `PhaseBanner`, above everything. */
    banner?: Child | undefined
    /** Breadcrumbs or a back link. */
    before?: Child | undefined
    /** A `NotificationBanner`, first in the main content. */
    notification?: Child | undefined
  }
>

/** The whole HTML document around a page. Send it after `<!doctype html>` (`asDocument`). */
export const Layout = (props: LayoutProps) => (
  <html class="govuk-template" lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <title>{titleOf(props)}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#0a3a40" />
      <meta name="referrer" content="same-origin" />
      <link rel="stylesheet" href={props.assets.css} />
      <link rel="icon" href={props.assets.icon} type="image/svg+xml" />
      <script type="module" src={props.assets.js} nonce={props.nonce}></script>
    </head>
    <body class="govuk-template__body">
      <script nonce={props.nonce} dangerouslySetInnerHTML={{ __html: scriptsAreOn }}></script>
      <a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">
        Skip to main content
      </a>
      {props.banner}
      <Header
        home={props.home}
        organisation={props.organisation}
        user={props.user}
        navigation={props.navigation}
      />
      <div class="govuk-width-container sg-page">
        {props.before}
        <main class="govuk-main-wrapper" id="main-content" tabindex={-1}>
          {props.notification}
          {props.children}
        </main>
      </div>
      <Footer {...props.footer} />
    </body>
  </html>
)

/** A page as the text to send: hono/jsx leaves out the doctype, and without it browsers fall into quirks mode. */
export const asDocument = async (page: Rendered | Promise<Rendered>): Promise<string> =>
  `<!doctype html>${await (await page).toString()}`

type Rendered = { toString(): string | Promise<string> }

// GOV.UK Frontend hides revealed fields only when this class says that scripts can show them again.
const scriptsAreOn = "document.body.classList.add('js-enabled','govuk-frontend-supported')"

/** What stands for two of them is said once: the operator may be called Schoolgate, too. */
const titleOf = ({ hasErrors, title, organisation }: LayoutProps): string => {
  const parts = new Set([title, organisation, 'Schoolgate'].filter(Boolean))
  return `${hasErrors ? 'Error: ' : ''}${[...parts].join(' – ')}`
}
