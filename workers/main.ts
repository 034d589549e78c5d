import { app } from '#web/app.tsx'
import { everyMinute } from './cron.ts'
import type { Env } from './env.ts'
import { consume } from './queues.ts'

export { Enclave } from './enclave.ts'
export { SchoolOutbox } from './outbox/school-outbox.ts'

export default {
  fetch: (request, env, context) => app.fetch(request, env, context),
  queue: (batch, env) => consume(batch, env),
  scheduled: (_event, env) => everyMinute(env),
} satisfies ExportedHandler<Env>
