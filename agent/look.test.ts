import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyFingerprint } from '#vault'
import type { Config } from './config.ts'
import { enrolByHand } from './enrol-by-hand.ts'
import { greet, look } from './hello.ts'
import { bytesOf, readSecrets, textOf, writeSecrets } from './secrets.ts'
import { alone } from './single.ts'
import { status } from './status.ts'
import { enrolledWorld } from './testing/enrolled-world.ts'

/** Somebody looks at the agent's `status` or `preview` while it is at work. */
const config: Config = {
  state: '',
  feeds: [
    {
      name: 'pupils',
      data: 'roster',
      scope: 'full',
      source: { kind: 'sims-csv', path: 'pupils.csv' },
      schedule: { at: ['02:15'] },
    },
  ],
}

const newApiKey = () => textOf(crypto.getRandomValues(new Uint8Array(32)))

test('whoever looks changes no key, however many are to change, and sees Schoolgate’s new one', async () => {
  const { schoolgate, world, secrets } = await enrolledWorld()
  const path = join(world.state, 'secrets.json')
  const before = await readFile(path)
  const first = await schoolgate.fingerprint()
  await schoolgate.turnServerKey()
  schoolgate.keys.wantsNewAgentKey = true
  schoolgate.keys.nextApiKey = newApiKey()
  const seen = await status(world, config)
  expect(seen.lines).toContain('Schoolgate answers, and has proved who it is.')
  expect(seen.lines).toContain(`Fingerprint of Schoolgate: ${await schoolgate.fingerprint()}`)
  expect(seen.lines.join()).not.toContain(first)
  const again = await look(world, secrets)
  // With a request by the new API key the old one would have ended, and nobody has written the new one down.
  expect(again).toMatchObject({ ok: true, value: { secrets: { apiKeys: secrets.apiKeys } } })
  expect(await readFile(path)).toEqual(before)
  expect(schoolgate.agentPublicKeys).toEqual([secrets.keyPairs[0]?.publicKey])
  expect(schoolgate.keys.nextApiKey).not.toBeNull()
})

test('with a wrong clock, or an API key that came to nothing, it says the right thing and writes nothing', async () => {
  const { schoolgate, world, secrets } = await enrolledWorld()
  schoolgate.aheadMs = 60 * 60_000
  const lost = newApiKey()
  await writeSecrets(world.state, { ...secrets, apiKeys: [lost, ...secrets.apiKeys] })
  const before = await readFile(join(world.state, 'secrets.json'))
  const { lines } = await status(world, config)
  expect(lines).toContain('Schoolgate answers, and has proved who it is.')
  expect(lines.join()).toContain('60 minutes behind')
  expect(await readFile(join(world.state, 'secrets.json'))).toEqual(before)
})

test('of the agent’s own key it shows the one that Schoolgate has taken', async () => {
  const { schoolgate, world, secrets } = await enrolledWorld()
  schoolgate.keys.wantsNewAgentKey = true
  schoolgate.instead = (path, _request, response) => {
    if (path === 'POST /mis/v1/keys') response.writeHead = (() => response.destroy()) as never
    return false
  }
  await greet(world, secrets)
  schoolgate.instead = undefined
  const taken = await keyFingerprint(bytesOf(schoolgate.agentPublicKeys[0] ?? ''))
  expect((await status(world, config)).lines).toContain(`Fingerprint of this agent: ${taken}`)
  const read = await readSecrets(world.state)
  expect(read.ok && read.secrets.nextKeyPair).toBeDefined()
})

test('keys that another agent changed since they were read are read again', async () => {
  const { schoolgate, world, secrets } = await enrolledWorld()
  schoolgate.keys.nextApiKey = newApiKey()
  const changed = await greet(world, secrets)
  expect(await look(world, changed.ok ? changed.value.secrets : secrets)).toMatchObject({
    ok: true,
  })
  expect(schoolgate.keys.nextApiKey).toBeNull()
  expect(await look(world, secrets)).toMatchObject({ ok: true })
  const stranger = { ...secrets, loginSecret: 'another' }
  await writeSecrets(world.state, stranger)
  expect(await look(world, stranger)).toMatchObject({ ok: false, code: 'wrong-login' })
})

test('nobody enrols anew while an agent is at work, and the code is not used up', async () => {
  const { schoolgate, world } = await enrolledWorld()
  const path = join(world.state, 'secrets.json')
  const before = await readFile(path)
  const fingerprint = await schoolgate.fingerprint()
  const enrolAgain = () =>
    enrolByHand(world, [schoolgate.address, schoolgate.code], { fingerprint, again: true })
  let enrolments = 0
  schoolgate.instead = (asked) => {
    if (asked.includes('enrolments')) enrolments++
    return false
  }
  expect(await alone(world.state, enrolAgain)).toBe(false)
  expect(await readFile(path)).toEqual(before)
  expect(enrolments).toBe(0)
  expect(await enrolAgain()).toBe(true)
  expect(await readFile(path)).not.toEqual(before)
})
