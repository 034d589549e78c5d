import { publicRoute } from '../route.ts'

/** For whoever watches over us: the Worker is configured and answers. Says nothing else. */
export const healthz = publicRoute('/healthz', { get: (visit) => visit.c.text('ok') })
