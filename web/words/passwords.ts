import type {
  ChangeRefusal,
  ChoiceRefusal,
  PasswordChange,
  PasswordRefusal,
  ResetRefusal,
} from '#access'
import type { SettingsRefusal } from '#schools'

/** What is wrong with a new password, wherever one is chosen. */
export const passwordRefusals: Record<PasswordRefusal['refused'], string> = {
  'password-too-short': 'Enter a password of 12 characters or more',
  'password-too-long': 'Enter a password of at most 256 characters',
  'password-guessable':
    'That password is easy to guess: it is a common one, or a pattern. Choose three words that do not belong together',
  'password-of-known-words':
    'That password is made of a name that others know: yours, your organisation’s or ours. Choose three words that do not belong together',
}

export const choiceRefusals: Record<ChoiceRefusal['refused'], string> = {
  ...passwordRefusals,
  'password-same': 'That is the password you have now. Choose another',
  'password-changed-meanwhile':
    'Your password was changed from elsewhere a moment ago. If that was not you, use “Forgotten your password?” on the sign-in page',
}

export const changeRefusals: Record<ChangeRefusal['refused'], string> = {
  ...choiceRefusals,
  'wrong-password': 'That is not the password you have now',
  throttled: 'There were too many tries. Wait 5 minutes, then try again',
}

export const resetRefusals: Record<ResetRefusal['refused'], string> = {
  ...passwordRefusals,
  'password-same': choiceRefusals['password-same'],
  'reset-over':
    'That link does not work: it was used, it is more than an hour old, or a newer one was asked for. Ask for another',
  throttled: changeRefusals.throttled,
}

export const TOO_MANY_RESETS =
  'A new password was asked for too often. Wait 5 minutes, then try again'

/** Why somebody must choose a new password now. */
export const reasonsForNewPassword: Record<PasswordChange | 'period', string> = {
  first: 'Somebody else chose the password you have. Choose one that only you know.',
  forced: 'Your Administrator asks you to choose a new password.',
  compromised: 'Your password may be known to somebody else, so it cannot stay.',
  period:
    'Your organisation asks everyone to change their password from time to time, and yours is due.',
}

/** In the field that is to be mended. */
export const settingsRefusals: Record<SettingsRefusal['refused'], string> = {
  'password-days-out-of-range': 'Enter a number of days from 30 to 365',
  'idle-minutes-out-of-range': 'Enter a number of minutes from 5 to 120',
  'absolute-hours-out-of-range': 'Enter a number of hours from 1 to 24',
}
