import * as access from '#access'
import { TextInput } from '../kit/index.ts'

/** Where a password is chosen: one field, since one that was mistyped can be had anew by e-mail. */
export const NewPasswordField = ({ error }: { error?: string | undefined }) => (
  <TextInput
    name="password"
    type="password"
    label="New password"
    labelSize="s"
    hint={`At least ${access.MIN_PASSWORD_CHARACTERS} characters. Three words that do not belong together are good, and easy to remember. Any characters do, spaces too`}
    autocomplete="new-password"
    error={error}
  />
)

/** So that a password keeper knows whose password it is. */
export const ForKeepers = ({ email }: { email: string }) => (
  <input
    class="govuk-visually-hidden"
    type="email"
    name="username"
    value={email}
    autocomplete="username"
    tabindex={-1}
    aria-hidden="true"
    readonly
  />
)
