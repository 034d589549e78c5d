import { createInterface } from 'node:readline/promises'
import { readAddress } from './address.ts'
import { enrol, identify, isSameFingerprint } from './enrol.ts'
import { readSecrets } from './secrets.ts'
import { alone } from './single.ts'
import { problemWords } from './words.ts'
import type { World } from './world.ts'

type Options = { readonly fingerprint?: string | undefined; readonly again?: boolean | undefined }

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Enrols with a person at the keyboard, who compares the fingerprint with the one on Schoolgate's page. */
export async function enrolByHand(
  world: World,
  [address = '', code = '']: readonly string[],
  { fingerprint, again = false }: Options,
): Promise<boolean> {
  const known = await readSecrets(world.state)
  if ((known.ok || known.reason !== 'not-enrolled') && !again) {
    return no('This agent is enrolled already. Add --again to replace that enrolment.')
  }
  const read = readAddress(address)
  if (!read.ok) return no(problemWords(read.reason))
  if (code === '') return no('The code is missing: enrol <address> <code>')
  const identity = await identify(world, read.url)
  if (!identity.ok) return no(problemWords(identity.code))
  say(`Fingerprint of Schoolgate: ${identity.value.fingerprint}`)
  if (!(await isRight(identity.value.fingerprint, fingerprint))) {
    return no(problemWords('another-fingerprint'))
  }
  // Nobody else changes the secrets meanwhile; and the code is not used up where they cannot be written.
  const enrolled = await alone(world.state, () => enrol(world, read.url, code, identity.value))
  if (!enrolled) return no(problemWords('running'))
  if (!enrolled.ok) return no(problemWords(enrolled.code))
  const { secrets } = enrolled.value
  say(`Enrolled for ${secrets.organisation.name} as ${secrets.agentId}.`)
  say(`Fingerprint of this agent: ${enrolled.value.fingerprint}`)
  say('Compare it with the one that Schoolgate’s page Agents now shows.')
  return true
}

function no(words: string): false {
  process.stderr.write(`${words}\n`)
  return false
}

async function isRight(shown: string, given: string | undefined): Promise<boolean> {
  if (given !== undefined) return isSameFingerprint(shown, given)
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const typed = await terminal.question('Does Schoolgate’s page Agents show the same? Type yes: ')
  terminal.close()
  return /^y(es)?$/i.test(typed.trim())
}
