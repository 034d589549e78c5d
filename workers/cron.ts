import * as access from '#access'
import * as agents from '#agents'
import * as delivery from '#delivery'
import { describeError, log, type OrganisationId } from '#kernel'
import * as mis from '#mis'
import * as schools from '#schools'
import { Directory, system } from '#shards'
import { enclave } from './enclave-call.ts'
import { type Env, premisesOf, readSettings } from './env.ts'
import { letterKinds, type LetterKind } from './jobs.ts'

/**
 * Every minute: sessions that are over are forgotten, reviews of access opened, contracts that are over locked, letters
 * written, each kind in a room of its own, and each shard is swept in its own room. Each runs by itself: one that fails does not hold up
 * the others.
 */
export async function everyMinute(env: Env): Promise<void> {
  const { SHARDS } = readSettings(env)
  await Promise.all([
    forget(env),
    openReviews(env),
    lockEnded(env),
    tellOfSupport(env),
    ...letterKinds.map((about) => writeLetters(env, about)),
    keepAgents(env),
    ...Array.from({ length: SHARDS }, (_, shard) => sweepShard(env, shard)),
  ])
}

async function forget(env: Env): Promise<void> {
  try {
    const directory = new Directory(await premisesOf(env))
    await access.forget(directory)
    await delivery.deadLetters.forget(directory)
  } catch (error) {
    log('forgetting.failed', describeError(error))
  }
}

/** PRODUCT 8.1: where the end date of a contract has come, nobody signs in and nobody stays signed in. */
async function lockEnded(env: Env): Promise<void> {
  try {
    const directory = new Directory(await premisesOf(env))
    for (const id of await schools.lockEnded(directory)) await endAllOf(directory, id)
  } catch (error) {
    log('contracts.not-locked', describeError(error))
  }
}

/** A locked area lets nobody in anyway: one whose sessions cannot be ended holds up no other. */
async function endAllOf(directory: Directory, id: OrganisationId): Promise<void> {
  try {
    await access.endAllOf(directory, id)
  } catch (error) {
    log('sessions.not-ended', { school: id, ...describeError(error) })
  }
}

/** PRODUCT 3.6: a customer's trail tells when support's access ran out, or ended with somebody's rights. */
async function tellOfSupport(env: Env): Promise<void> {
  try {
    await access.tellOfEnds(new Directory(await premisesOf(env)))
  } catch (error) {
    log('support.not-told', describeError(error))
  }
}

async function openReviews(env: Env): Promise<void> {
  try {
    await access.openReviews(new Directory(await premisesOf(env)), schools.openIds)
  } catch (error) {
    log('reviews.not-opened', describeError(error))
  }
}

/** Pushes whose jobs were lost are put on their queue again, old ones forgotten, and Schoolgate's key turned each year. */
async function keepAgents(env: Env): Promise<void> {
  try {
    const directory = new Directory(await premisesOf(env))
    for (const push of await agents.waitingPushes(directory, RESUMED_A_MINUTE)) {
      const school = await directory.school(push.organisationId, system('clock'))
      const job = school && { shard: school.shard, school: school.id, importId: push.importId }
      if (job) await env.IMPORTS.send(job)
    }
    await mis.forgetOldPushes(directory, env.FILES)
    await directory.write([agents.requestsForgotten(directory)])
    const turned = await agents.keepKeys(directory)
    if (turned) log('agent-key.rotated', { key: turned })
  } catch (error) {
    log('agents.not-kept', describeError(error))
  }
}

/** A push that is read for longer than two minutes is put on the queue once more, where it changes nothing. */
const RESUMED_A_MINUTE = 100

async function writeLetters(env: Env, about: LetterKind): Promise<void> {
  try {
    await enclave(env, `letters-${about}`).run({ kind: 'letters', about })
  } catch (error) {
    log('letters.failed', { about, ...describeError(error) })
  }
}

async function sweepShard(env: Env, shard: number): Promise<void> {
  try {
    await enclave(env, `sweep-${shard}`).run({ kind: 'sweep', shard })
  } catch (error) {
    log('sweep.failed', { shard, ...describeError(error) })
  }
}
