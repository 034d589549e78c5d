import * as access from '#access'
import { invariant, isRefusal } from '#kernel'
import { codeAt, stepAt } from '#workers/access/factors/totp.ts'
import { type Gate, openGate } from './gate.ts'

export const PARTY = {
  name: 'Schoolgate',
  host: 'schoolgate.test',
  origin: 'http://schoolgate.test',
}

/** The gate with a second door behind it: whoever signed in shows, or sets up, what only they have. */
export async function openSecondGate(as?: string) {
  const gate = await openGate(as)
  const { clock, directory, school } = gate
  /** What people would have been told by e-mail. */
  const news: access.FactorNews[] = []
  const circumstances = (): access.Circumstances => ({
    caller: { address: gate.somewhere(), country: 'GB' },
    party: PARTY,
    passwordDays: null,
    tell: async (one) => {
      news.push(one)
      return []
    },
  })
  const standing = async (token: string) => {
    const found = await access.standing(directory, token)
    invariant(found, 'a session goes on')
    return found
  }
  const prove = async (token: string, proof: access.Proof, change = {}) =>
    access.prove(directory, school, await standing(token), proof, {
      ...circumstances(),
      ...change,
    })

  /** Sets up an app in this session, with the code of the step before, and answers how it went on. */
  const withApp = async (token: string) => {
    const { user, ...rest } = await standing(token)
    const proposal = await access.proposeApp(school, user)
    const secret = proposal.secret.replaceAll(' ', '')
    const typed = { sealed: proposal.sealed, code: codeAt(secret, stepAt(clock.now()) - 1) }
    const session = { user, ...rest }
    const moved = await access.enrolApp(directory, school, session, typed, circumstances())
    invariant(!isRefusal(moved), 'a right first code sets an app up')
    return { secret, ...moved }
  }
  return { ...gate, news, circumstances, standing, prove, withApp }
}

export type SecondGate = Gate & Awaited<ReturnType<typeof openSecondGate>>
