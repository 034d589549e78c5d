import { DurableObject } from 'cloudflare:workers'

/** TEMPORARY, while workers/main.ts is being written: so that stores and verbs can be tested without it. */
export class SchoolOutbox extends DurableObject {}
export class Enclave extends DurableObject {}
export default {
  fetch: () => new Response('not yet'),
  queue: () => undefined,
}
