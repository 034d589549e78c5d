import type { AppProposal } from '#access'
import type { FieldErrors } from '../form.ts'
import { Button, Form, type HiddenFields, Inset, TextInput } from '../kit/index.ts'
import { PasskeyForm } from './passkey-form.tsx'
import { QrCode } from './qr-code.tsx'

/** A new passkey, under a name by which its owner knows it again. */
export const EnrolPasskey = (props: {
  action: string
  hidden: HiddenFields
  name: string
  errors: FieldErrors
}) => (
  <PasskeyForm
    action={props.action}
    purpose="enrol"
    button="Make a passkey"
    hidden={{ ...props.hidden, kind: 'passkey' }}
    error={props.errors.passkey}
  >
    <p class="govuk-body">
      A passkey is kept by your computer, your phone or a security key, and is used with your
      fingerprint, your face or a PIN. It is the quickest way, and works on our own address only, so
      that nobody can trick you out of it.
    </p>
    <TextInput
      name="name"
      label="Name of this passkey"
      hint="By which you know it again, such as “Office computer”"
      autocomplete="off"
      maxlength={60}
      value={props.name}
      error={props.errors.name}
    />
  </PasskeyForm>
)

/** An authenticator app: its secret to scan, to follow or to type, and the first code as proof. */
export const EnrolApp = (props: {
  action: string
  hidden: HiddenFields
  proposal: AppProposal
  errors: FieldErrors
}) => (
  <Form
    action={props.action}
    hidden={{ ...props.hidden, kind: 'app', proposal: props.proposal.sealed }}
  >
    <ol class="govuk-list govuk-list--number">
      <li>
        Install an authenticator app on your phone, such as Google Authenticator, Microsoft
        Authenticator or the one in your password keeper.
      </li>
      <li>
        In the app, scan this code, or on the phone itself{' '}
        <a class="govuk-link" href={props.proposal.link}>
          open it in the app
        </a>
        .
      </li>
    </ol>
    <QrCode text={props.proposal.link} label="QR code to scan with your authenticator app" />
    <p class="govuk-body">If you cannot scan it, type this key into the app instead:</p>
    <Inset>
      <code>{props.proposal.secret}</code>
    </Inset>
    <TextInput
      name="code"
      label="Code that the app shows"
      hint="6 digits. It shows that the app is set up"
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      width={10}
      error={props.errors.code}
    />
    <Button>Set up the app</Button>
  </Form>
)
