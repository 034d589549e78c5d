import type { Factors } from '#access'
import type { FieldErrors } from '../form.ts'
import { Button, Details, Form, type HiddenFields, TextInput } from '../kit/index.ts'
import { PasskeyForm } from './passkey-form.tsx'

type WayProps = {
  action: string
  next: string | undefined
  /** A form was sent, and is to be sent again afterwards. */
  isSent?: boolean | undefined
  errors: FieldErrors
}

/** Every way in which somebody can show that it is they, by what they have. */
export const Ways = ({ factors, ...props }: WayProps & { factors: Factors }) => (
  <>
    {factors.passkeys.length > 0 && <ByPasskey {...props} />}
    {factors.app && <ByCode {...props} />}
    <ByRecoveryCode {...props} left={factors.recoveryCodesLeft} />
  </>
)

const hidden = (by: string, { next, isSent }: Pick<WayProps, 'next' | 'isSent'>): HiddenFields => ({
  by,
  ...(next !== undefined && { next }),
  ...(isSent && { sent: 'yes' }),
})

const ByPasskey = ({ action, errors, ...back }: WayProps) => (
  <section>
    <h2 class="govuk-heading-m">With a passkey</h2>
    <PasskeyForm
      action={action}
      purpose="verify"
      button="Use a passkey"
      hidden={hidden('passkey', back)}
      error={errors.passkey}
    >
      <p class="govuk-body">
        Your device asks for your fingerprint, your face, its PIN or your security key.
      </p>
    </PasskeyForm>
  </section>
)

const ByCode = ({ action, errors, ...back }: WayProps) => (
  <section>
    <h2 class="govuk-heading-m">With your authenticator app</h2>
    <Form action={action} hidden={hidden('totp', back)}>
      <TextInput
        name="code"
        label="Code from your app"
        hint="6 digits. A new one comes every 30 seconds, and each works once"
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck={false}
        width={10}
        error={errors.code}
      />
      <Button>Continue</Button>
    </Form>
  </section>
)

const ByRecoveryCode = ({ action, errors, left, ...back }: WayProps & { left: number }) => (
  <Details summary="I do not have my phone or my passkey" open={errors.recovery !== undefined}>
    {left > 0 ? (
      <Form action={action} hidden={hidden('recovery-code', back)}>
        <TextInput
          name="recovery"
          label="Recovery code"
          hint="One of those you saved or printed. Each works once"
          autocomplete="off"
          spellcheck={false}
          width={20}
          error={errors.recovery}
        />
        <Button kind="secondary">Use the recovery code</Button>
      </Form>
    ) : (
      <p>You have no recovery codes left.</p>
    )}
    <p>
      If you have neither, ask another Administrator of your organisation to reset your two-step
      sign-in. They will want to be sure that it is you.
    </p>
  </Details>
)

/** For whoever has no second factor: the password once more. */
export const ByPassword = ({ action, errors, ...back }: WayProps) => (
  <Form action={action} hidden={hidden('password', back)}>
    <TextInput
      name="password"
      type="password"
      label="Your password"
      autocomplete="current-password"
      error={errors.password}
    />
    <Button>Continue</Button>
  </Form>
)
