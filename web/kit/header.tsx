import { Hidden, type HiddenFields } from './form.tsx'
import { Logo } from './logo.tsx'

export type NavigationItem = {
  text: string
  href: string
  /** `page` for this very page, `section` for a page within it. */
  current?: 'page' | 'section' | undefined
  /** How many wait there for somebody; nothing shown for 0. */
  count?: number | undefined
}

export type SignedIn = {
  name: string
  /** "Administrator": shown below the name. */
  role?: string | undefined
  /** Where their name leads: to their own account. */
  href?: string | undefined
  /** Where the sign-out form posts. */
  signOutAction: string
  hidden?: HiddenFields | undefined
}

export type HeaderProps = {
  home?: string | undefined
  organisation?: string | undefined
  user?: SignedIn | undefined
  navigation?: readonly NavigationItem[] | undefined
}

/** The product's name, whose area this is, who is signed in, and the ways to its sections. */
export const Header = (props: HeaderProps) => (
  <header class="sg-header">
    <div class="govuk-width-container sg-header__bar">
      <a class="sg-header__brand" href={props.home ?? '/'}>
        <Logo />
        <span>Schoolgate</span>
      </a>
      {props.organisation && <span class="sg-header__organisation">{props.organisation}</span>}
      {props.user && <User {...props.user} />}
    </div>
    {props.navigation && props.navigation.length > 0 && <Navigation items={props.navigation} />}
  </header>
)

const User = (props: SignedIn) => (
  <div class="sg-header__user">
    <span class="sg-header__name">
      {props.href ? <AccountLink name={props.name} href={props.href} /> : props.name}
      {props.role && <span class="sg-header__role">{props.role}</span>}
    </span>
    <form method="post" action={props.signOutAction}>
      <Hidden fields={props.hidden} />
      <button class="sg-header__sign-out" type="submit">
        Sign out
      </button>
    </form>
  </div>
)

/** On a phone there is room for the words only; elsewhere the name stands for them. */
const AccountLink = (props: { name: string; href: string }) => (
  <a class="sg-header__account" href={props.href}>
    <span class="sg-header__account-words">Your account</span>
    <span class="sg-header__account-name">
      <span class="govuk-visually-hidden">: </span>
      {props.name}
    </span>
  </a>
)

// On a phone the list is a popover: the browser opens and closes it, no script needed, and one that knows no
// popovers shows the list as it is.
const Navigation = (props: { items: readonly NavigationItem[] }) => (
  <nav class="sg-nav" aria-label="Main">
    <div class="govuk-width-container">
      <button class="sg-nav__menu" type="button" popovertarget="main-menu">
        Menu
      </button>
      <div class="sg-nav__popover" id="main-menu" popover="auto">
        <button
          class="sg-nav__close"
          type="button"
          popovertarget="main-menu"
          popovertargetaction="hide"
        >
          Close menu
        </button>
        <ul class="sg-nav__list">
          {props.items.map((item) => (
            <li class={item.current ? 'sg-nav__item sg-nav__item--current' : 'sg-nav__item'}>
              <a class="sg-nav__link" href={item.href} aria-current={currentWord(item)}>
                {item.text}
                {item.count ? <Count count={item.count} /> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  </nav>
)

const Count = (props: { count: number }) => (
  <>
    {' '}
    <span class="sg-nav__count">
      {props.count}
      <span class="govuk-visually-hidden"> waiting</span>
    </span>
  </>
)

const currentWord = (item: NavigationItem): 'page' | 'true' | undefined =>
  item.current === undefined ? undefined : item.current === 'page' ? 'page' : 'true'
