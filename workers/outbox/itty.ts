/**
 * itty-durable, tamed: the only file that touches it. Its bare name does not load in tests, its stub
 * is a thenable proxy that must never escape, its arguments travel in a request header (which the
 * runtime may log), and its persistence writes back what was deleted; so state lives in the object's
 * SQL, arguments are opaque ASCII, and callers get a plain object of functions.
 */
import { createDurable } from 'itty-durable/itty-durable.js'
import { proxyDurable } from 'itty-durable/proxy-durable.js'
import { invariant } from '#kernel'

/** What itty-durable leaves on `this.state`: the platform's own state and the environment. */
export type Grounded<Env> = { state: DurableObjectState & { env: Env } }

type Parent<Env> = new (state: DurableObjectState, env: Env) => Grounded<Env>

/** The class to extend, with its persistence off. */
export const durable = <Env>(): Parent<Env> =>
  createDurable({ autoPersist: false }) as unknown as Parent<Env>

type Argument = string | number
type Calls = Record<string, (...args: never[]) => Promise<unknown>>

const OPAQUE = /^[\x21-\x7E]{1,200}$/

/** A plain object with the named methods of one durable object. Text that is not opaque is refused. */
export function caller<C extends Calls>(
  namespace: DurableObjectNamespace,
  name: string,
  methods: readonly (keyof C & string)[],
): C {
  const stub = proxyDurable(namespace, { parse: true }).get(name) as Record<
    string,
    (...args: Argument[]) => Promise<unknown>
  >
  const call =
    (method: string) =>
    async (...args: Argument[]) => {
      const areOpaque = args.every((arg) => typeof arg === 'number' || OPAQUE.test(arg))
      invariant(areOpaque, 'arguments of a durable object are opaque ids and numbers')
      await stub[method]?.(...args)
    }
  return Object.fromEntries(methods.map((method) => [method, call(method)])) as unknown as C
}
