import { Logo } from './logo.tsx'

/** PRODUCT 9.4: on every page, from configuration. */
export type FooterProps = {
  support: { text: string; href: string; hours?: string | undefined }
  dataProtectionOfficer: { text: string; href: string }
  privacyNotice: string
  /** Further links: accessibility statement, sub-processors. */
  links?: readonly { text: string; href: string }[] | undefined
}

export const Footer = (props: FooterProps) => (
  <footer class="sg-footer">
    <div class="govuk-width-container sg-footer__inside">
      <p class="sg-footer__brand">
        <Logo size={24} /> Schoolgate
      </p>
      <dl class="sg-footer__contacts">
        <div>
          <dt>Support</dt>
          <dd>
            <a class="sg-footer__link" href={props.support.href}>
              {props.support.text}
            </a>
            {props.support.hours && <span class="sg-footer__note">{props.support.hours}</span>}
          </dd>
        </div>
        <div>
          <dt>Data protection officer</dt>
          <dd>
            <a class="sg-footer__link" href={props.dataProtectionOfficer.href}>
              {props.dataProtectionOfficer.text}
            </a>
          </dd>
        </div>
        <div>
          <dt>About your data</dt>
          <dd>
            <a class="sg-footer__link" href={props.privacyNotice}>
              Privacy notice
            </a>
          </dd>
          {props.links?.map((link) => (
            <dd>
              <a class="sg-footer__link" href={link.href}>
                {link.text}
              </a>
            </dd>
          ))}
        </div>
      </dl>
    </div>
  </footer>
)
