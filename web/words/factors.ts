import type { Proof } from '#access'

/** By what somebody proves who they are: the field it is typed into, and what is said where it is not right. */
export const proofs: Record<Proof['by'], { field: string; missing: string; wrong: string }> = {
  totp: {
    field: 'code',
    missing: 'Enter the 6-digit code from your app',
    wrong: 'That code is not right, or was used before. Enter the code that your app shows now',
  },
  passkey: {
    field: 'passkey',
    missing: 'No passkey was shown. Try again, or choose another way',
    wrong: 'That passkey was not accepted. Try again, or choose another way',
  },
  'recovery-code': {
    field: 'recovery',
    missing: 'Enter one of your recovery codes',
    wrong: 'That is not one of your recovery codes, or it was used before',
  },
  password: {
    field: 'password',
    missing: 'Enter your password',
    wrong: 'That is not your password',
  },
}

export const TOO_MANY_PROOFS = 'There were too many tries. Wait 5 minutes, then try again'

export const enrolRefusals: Record<'wrong' | 'already-enrolled' | 'too-many', string> = {
  wrong: 'That passkey was not made in time, or not for this site. Try again',
  'already-enrolled': 'This is set up already. Sign in again to show it',
  'too-many': 'You have 10 passkeys. Remove one that you do not use first',
}

export const WRONG_FIRST_CODE =
  'That code is not right. Enter the code that your app shows now, and check that your phone has the right time'

export const removeRefusals: Record<'no-such-factor' | 'last-factor', string> = {
  'no-such-factor': 'It was removed already',
  'last-factor':
    'This is the only one you have, and your role must have one. Add another first, then remove this one',
}

export const resetRefusals: Record<'own-account', string> = {
  'own-account': 'You cannot reset your own. Another Administrator can',
}
