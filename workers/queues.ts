import * as delivery from '#delivery'
import { describeError, invariant, log, type SchoolId } from '#kernel'
import { Directory } from '#shards'
import { enclave } from './enclave-call.ts'
import type { EnclaveJob } from './enclave.ts'
import { type Env, premisesOf } from './env.ts'
import { importRoomOf } from './import-room.ts'
import type { DeliveryJob, ImportsJob, ReceiptsJob, SendsJob } from './jobs.ts'

/** Rooms that hand parcels over side by side, per shard; each has the platform's six connections. */
const DELIVERY_ROOMS = 8
const RETRY_AFTER_SECONDS = 5

/** Each queue's reader: it decides, acks or retries each message, and does nothing else. */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  const name = batch.queue.replace(/^.*?(sends|delivery|receipts|imports)/, '$1')
  const read = readers[name]
  invariant(read, 'every queue has a reader')
  await read(batch, env)
}

type Reader = (batch: MessageBatch, env: Env) => Promise<void>

const readers: Record<string, Reader> = {
  sends: (batch, env) =>
    each(batch, (body: SendsJob) => run(env, `sends-${body.shard}`, { kind: 'send', ...body })),
  delivery: (batch, env) =>
    each(batch, (body: DeliveryJob, place) =>
      run(env, `delivery-${body.shard}-${place % DELIVERY_ROOMS}`, { kind: 'deliver', ...body }),
    ),
  receipts: readReceipts,
  imports: (batch, env) =>
    each(batch, (body: ImportsJob) =>
      run(env, `imports-${body.shard}-${importRoomOf(body.school)}`, { kind: 'import', ...body }),
    ),
  'sends-dead': keepDead('sends'),
  'delivery-dead': keepDead('delivery'),
  'receipts-dead': keepDead('receipts'),
  'imports-dead': keepDead('imports'),
}

const run = (env: Env, room: string, job: EnclaveJob) => enclave(env, room).run(job)

async function each<B>(
  batch: MessageBatch,
  act: (body: B, place: number, jobId: string) => Promise<void>,
): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message, place) => {
      try {
        await act(message.body as B, place, message.id)
        message.ack()
      } catch (error) {
        log('job.failed', {
          queue: batch.queue,
          attempts: message.attempts,
          ...describeError(error),
        })
        message.retry({ delaySeconds: RETRY_AFTER_SECONDS })
      }
    }),
  )
}

/** Receipts of a whole batch are put together by school: one bulk change each. */
async function readReceipts(batch: MessageBatch, env: Env): Promise<void> {
  const bySchool = new Map<SchoolId, { shard: number; events: delivery.ReceiptEvent[] }>()
  for (const message of batch.messages) {
    for (const event of (message.body as ReceiptsJob).events) {
      const known = bySchool.get(event.school) ?? { shard: event.shard, events: [] }
      known.events.push(event)
      bySchool.set(event.school, known)
    }
  }
  try {
    await Promise.all(
      [...bySchool].map(([school, { shard, events }]) =>
        run(env, `receipts-${shard}`, { kind: 'receipts', shard, school, events }),
      ),
    )
    batch.ackAll()
  } catch (error) {
    // Noting an event twice changes nothing, so the whole batch may come again.
    log('job.failed', { queue: batch.queue, ...describeError(error) })
    batch.retryAll({ delaySeconds: RETRY_AFTER_SECONDS })
  }
}

function keepDead(queue: delivery.deadLetters.QueueName): Reader {
  return async (batch, env) => {
    const directory = new Directory(await premisesOf(env))
    await each(batch, (body, _, jobId) => delivery.deadLetters.keep(directory, queue, jobId, body))
  }
}
