import type { FactorNews } from '#access'
import type { Mail } from './posted.ts'

export type FactorWords = {
  name: string
  email: string
  organisation: string
  news: FactorNews
  /** Where we are reached, without a slash at the end. */
  origin: string
  support: string
}

/** Tells somebody that what guards their account was changed, in case it was not they who did it. */
export function factorNews({
  name,
  email,
  organisation,
  news,
  origin,
  support,
}: FactorWords): Mail {
  return {
    to: email,
    subject: subjects[news.what],
    text: `Hello ${name},

${happened(news, organisation)}

If it was you, there is nothing to do. If it was not, change your password at once at ${origin}/account and tell your Administrator: somebody else may know it. You can also write to ${support}.

Schoolgate, which ${organisation} uses to send messages
`,
  }
}

const subjects: Record<FactorNews['what'], string> = {
  'passkey-added': 'A passkey was added to your Schoolgate account',
  'passkey-removed': 'A passkey was removed from your Schoolgate account',
  'app-added': 'An authenticator app was set up for your Schoolgate account',
  'app-removed': 'The authenticator app was removed from your Schoolgate account',
  'recovery-codes-made': 'New recovery codes for your Schoolgate account',
  'recovery-code-used': 'A recovery code of your Schoolgate account was used',
  'factors-reset': 'Your two-step sign-in to Schoolgate was reset',
}

function happened(news: FactorNews, organisation: string): string {
  if (news.what === 'recovery-code-used') {
    const left = news.left === 0 ? 'None is left' : `${news.left} of 10 are left`
    return `One of your recovery codes was just used in place of your passkey or app. It does not work again. ${left}; you can make new ones under “Two-step sign-in”.`
  }
  if (news.what === 'factors-reset') {
    return `An Administrator of ${organisation} has reset your two-step sign-in, so your passkeys, your app and your recovery codes no longer work, and you are signed out everywhere. When you next sign in, you may be asked to set it up again.`
  }
  return `${whatHappened[news.what]} This was just done from a session that was signed in as you.`
}

const whatHappened: Record<
  Exclude<FactorNews['what'], 'recovery-code-used' | 'factors-reset'>,
  string
> = {
  'passkey-added':
    'A passkey was added to your account. Whoever has it and knows your password can sign in as you.',
  'passkey-removed': 'A passkey was removed from your account and no longer works.',
  'app-added':
    'An authenticator app was set up to make codes for your account. One set up before no longer works.',
  'app-removed':
    'The authenticator app was removed from your account, and its codes no longer work.',
  'recovery-codes-made':
    'New recovery codes were made for your account. Those from before no longer work.',
}
