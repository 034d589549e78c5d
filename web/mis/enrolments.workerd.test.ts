import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { invariant, isRefusal, toBase64url } from '#kernel'
import { Directory, type School } from '#shards'
import { type KeyPair, newKeyPair } from '#vault'
import { premisesOf } from '#workers/env.ts'
import {
  type Enrolled,
  enrolledInfoOf,
  enrolledSchema,
  enrolmentInfoOf,
  identitySchema,
  openJson,
  sealJson,
} from '#workers/mis/push/answers.ts'
import { settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'

/** A program brings its code, past a web filter that reads all of it and may put in what it likes. */
const bound = env as unknown as TestEnv
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let school: School
let server: { keyId: string; publicKey: Uint8Array }

beforeAll(async () => {
  directory = new Directory(await premisesOf(bound))
  school = (await settle(directory)).botolphs.school
  const seen = await worker.fetch('http://schoolgate.test/mis/v1/hello')
  const { keyId, publicKey } = identitySchema.parse(await seen.json())
  server = { keyId, publicKey: Buffer.from(publicKey, 'base64url') }
})

const newCode = async () => {
  const place = await agents.openEnrolment(directory, school, { name: 'New', nightlyHour: 7 })
  invariant(!isRefusal(place), 'there is room for one more')
  return place
}

/** What the program sends; `change` is what the filter makes of it. */
async function requestOf(code: string, pair: KeyPair, change: object = {}) {
  const about = { keyId: server.keyId, agentPublicKey: toBase64url(pair.publicKey) }
  const channel = { info: enrolmentInfoOf(about), from: pair.privateKey, to: server.publicKey }
  const sealed = await sealJson(channel, { code, version: '1.0.0' })
  return { ...about, sealed, ...change }
}

let networks = 0
async function post(request: object, network = `198.51.100.${++networks}`) {
  const response = await worker.fetch('http://schoolgate.test/mis/v1/enrolments', {
    method: 'POST',
    body: JSON.stringify(request),
    headers: { 'CF-Connecting-IP': network },
  })
  const json = (await response.json()) as { type?: string; sealed?: string }
  const problem = json.type?.replace('urn:schoolgate:problem:', '')
  return { status: response.status, problem, json }
}

async function bring(code: string, network?: string) {
  const pair = await newKeyPair()
  const request = await requestOf(code, pair)
  const answer = await post(request, network)
  const given = await openedBy(pair, request, answer.json.sealed ?? '')
  return { ...answer, pair, request, given }
}

async function openedBy(
  pair: KeyPair,
  request: Awaited<ReturnType<typeof requestOf>>,
  sealed: string,
  from = server.publicKey,
): Promise<Enrolled | undefined> {
  const channel = { info: enrolledInfoOf(request), from, to: pair.privateKey }
  return enrolledSchema.safeParse(await openJson(channel, sealed)).data
}

test('a code opens once, and the trail knows both sides', async () => {
  const { id, code } = await newCode()
  const [one, other] = await Promise.all([bring(code), bring(code.toLowerCase())])
  expect([one.status, other.status].sort()).toEqual([201, 401])
  const { given } = one.status === 201 ? one : other
  expect(given).toMatchObject({ agentId: id, organisation: { id: school.id } })
  const entries = await audit.about(school, id, 10)
  const enrolled = entries.filter(({ action }) => action === 'agent.enrolled')
  expect(enrolled).toHaveLength(1)
  expect(enrolled[0]).toMatchObject({ subject: id, facts: { key: server.keyId } })
  expect((await bring(code)).problem).toBe('no-such-code')
})

test('who reads all of it reads neither the code nor what is given for it', async () => {
  const { code } = await newCode()
  const { request, json, given, pair } = await bring(code)
  invariant(given, 'the program is enrolled')
  const seen = JSON.stringify([request, json])
  for (const secret of [code, given.apiKey, given.loginSecret, given.agentId])
    expect(seen).not.toContain(secret)
  expect(Object.keys(json)).toEqual(['sealed'])
  const filter = await newKeyPair()
  expect(await openedBy(filter, request, json.sealed ?? '')).toBeUndefined()
  // An answer to another request is none to this one.
  const other = await requestOf(code, pair)
  expect(await openedBy(pair, other, json.sealed ?? '')).toBeUndefined()
})

test('a filter that puts in a key of its own enrols nobody, and the code is not used up', async () => {
  const { code } = await newCode()
  const [agent, filter] = [await newKeyPair(), await newKeyPair()]
  const swapped = { agentPublicKey: toBase64url(filter.publicKey) }
  expect((await post(await requestOf(code, agent, swapped))).problem).toBe('does-not-open')
  expect((await bring(code)).status).toBe(201)
})

test('an answer that Schoolgate’s compared key did not seal is none', async () => {
  const [agent, filter] = [await newKeyPair(), await newKeyPair()]
  const request = await requestOf('ANY', agent)
  const given = { agentId: 'agt_1', loginSecret: 'x', apiKey: toBase64url(filter.publicKey) }
  const forged = await sealJson(
    { info: enrolledInfoOf(request), from: filter.privateKey, to: agent.publicKey },
    { ...given, organisation: { id: 'org_1', name: 'Not it' } },
  )
  expect(await openedBy(agent, request, forged, filter.publicKey)).toBeDefined()
  expect(await openedBy(agent, request, forged)).toBeUndefined()
})

test('a code of an hour ago opens nothing', async () => {
  const { id, code } = await newCode()
  const past = agents.agentChanged(directory, id, { codeExpiresAtMs: Date.now() - 1 })
  await directory.write([past])
  expect((await bring(code)).problem).toBe('no-such-code')
})

test('ten wrong codes, and a right one is not looked at', async () => {
  const { code } = await newCode()
  for (let tries = 0; tries < 10; tries++)
    expect((await bring(`WRONG-${tries}`, '203.0.113.7')).status).toBe(401)
  expect((await bring(code, '203.0.113.7')).status).toBe(429)
  expect((await bring(code)).status).toBe(201)
})

test('what is no request, or to another key, is refused, and the code is not used up', async () => {
  const { code } = await newCode()
  const pair = await newKeyPair()
  expect((await post({ code })).problem).toBe('no-such-code')
  const weak = { agentPublicKey: toBase64url(new Uint8Array(32)) }
  expect((await post(await requestOf(code, pair, weak))).problem).toBe('does-not-open')
  const elsewhere = { keyId: 'key_none' }
  expect((await post(await requestOf(code, pair, elsewhere))).problem).toBe('unknown-key')
  expect((await bring(code)).status).toBe(201)
})
