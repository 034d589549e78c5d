/** Why nobody was let in. One sentence for no account, a disabled one and a wrong password. */
export const signInRefusals: Record<'wrong' | 'throttled' | 'locked', string> = {
  wrong: 'Enter the e-mail address and the password of your account. One of them is not right',
  throttled: 'There were too many tries to sign in. Wait 5 minutes, then try again',
  locked: 'This organisation’s account is closed, so nobody can sign in to it',
}
