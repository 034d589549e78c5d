import type { Context } from 'hono'
import type { Organisation } from '#schools'
import type { User } from '#access'
import type { Directory, School } from '#shards'
import type { Env, Settings } from '#workers/env.ts'
import type { OperatorPermission, Permission } from './may.ts'

/** Who may come in. Every route has exactly one door; `app.tsx` opens it before the page is asked. */
export type Door =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'school'; readonly may: Permission }
  | { readonly kind: 'operator'; readonly may: OperatorPermission }
  | { readonly kind: 'authority' }
  /** A carrier: the route checks the signature of the body itself, before anything else. */
  | { readonly kind: 'carrier' }

/** Whatever a page needs to know of the request it answers. */
export type Visit = {
  readonly c: Context<{ Bindings: Env }>
  readonly env: Env
  readonly settings: Settings
  readonly directory: Directory
  /** Random per request: on error pages and in the log. */
  readonly requestId: string
  /** For the Content-Security-Policy: scripts carry it. */
  readonly nonce: string
  /** A part of the path, as typed in the URL: parse it before use. */
  param(name: string): string
}

export type PersonVisit = Visit & { readonly user: User; readonly organisation: Organisation }

/** Somebody of a school, in that school's area, acting as themselves. */
export type SchoolVisit = PersonVisit & { readonly school: School }

type Answer = Response | Promise<Response>
type Methods<V> = {
  readonly get?: (visit: V) => Answer
  readonly post?: (visit: V) => Answer
  /** Bytes of body that a POST may have; 64 kB where nothing is said. */
  readonly maxBodyBytes?: number
}

/** One URL: its path, its door, and what it answers to each method. */
export type Route = {
  readonly path: string
  readonly door: Door
  readonly get?: (visit: never) => Answer
  readonly post?: (visit: never) => Answer
  readonly maxBodyBytes: number
}

const DEFAULT_BODY_BYTES = 64_000

const route = <V>(path: string, door: Door, methods: Methods<V>): Route => ({
  maxBodyBytes: DEFAULT_BODY_BYTES,
  ...(methods as Methods<never>),
  path,
  door,
})

/** A page of the school area: `may` names what its visitor must be allowed to do. */
export const schoolRoute = (
  path: `/school${string}`,
  may: Permission,
  methods: Methods<SchoolVisit>,
) => route(path, { kind: 'school', may }, methods)

export const operatorRoute = (
  path: `/operator${string}`,
  may: OperatorPermission,
  methods: Methods<SchoolVisit>,
) => route(path, { kind: 'operator', may }, methods)

export const authorityRoute = (path: `/authority${string}`, methods: Methods<SchoolVisit>) =>
  route(path, { kind: 'authority' }, methods)

/** For anyone signed in, of whatever organisation. */
export const signedInRoute = (path: `/${string}`, methods: Methods<PersonVisit>) =>
  route(path, { kind: 'signed-in' }, methods)

/** For anyone at all. */
export const publicRoute = (path: `/${string}`, methods: Methods<Visit>) =>
  route(path, { kind: 'public' }, methods)

/** For a carrier, who proves itself by signing what it posts. */
export const carrierRoute = (path: `/hooks/${string}`, methods: Methods<Visit>) =>
  route(path, { kind: 'carrier' }, methods)
