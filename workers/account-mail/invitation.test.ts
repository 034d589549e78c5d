import { expect, test } from 'vitest'
import { invitation, type InvitationWords } from './invitation.ts'

const secret = 'k3Jf-0dVb_5pQ7rTzX2mN8sYwA1cE4gH6iL9oUvBnRq'
const words: InvitationWords = {
  name: 'Miss Clara Bell',
  email: 'bell@st-botolphs.example',
  invitedBy: 'Mrs Ngozi Okafor',
  organisation: 'St Botolph’s Primary',
  role: 'Basic User',
  origin: 'https://schoolgate.example',
  secret,
  expiresAtMs: Date.UTC(2026, 10, 30, 9),
  support: 'support@schoolgate.example',
}

test('an invitation says who asks whom, what to do, until when, and what if it is not expected', () => {
  const { to, subject, text } = invitation(words)
  expect(to).toBe(words.email)
  expect(subject).toBe('Open your Schoolgate account for St Botolph’s Primary')
  for (const part of [
    'Hello Miss Clara Bell,',
    'Mrs Ngozi Okafor has invited you',
    'as: Basic User',
    `https://schoolgate.example/invitation#${secret}\n`,
    '30 November 2026 at 9am',
    'If you do not expect this',
    words.support,
  ]) {
    expect(text).toContain(part)
  }
})

test('its secret is in no part of a link that a browser would send', () => {
  const { subject, text } = invitation(words)
  expect(subject).not.toContain(secret)
  const links = [...text.matchAll(/https:\/\/\S+/g)].map(([link]) => new URL(link))
  expect(links.length).toBeGreaterThan(1)
  for (const { pathname, search } of links) expect(pathname + search).not.toContain(secret)
})
