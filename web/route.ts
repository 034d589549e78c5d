import type { Context } from 'hono'
import type { Agent, AgentKeys, ProvenRequest } from '#agents'
import type { Organisation } from '#schools'
import type { Need, Standing, User } from '#access'
import type { Beside, Directory, School } from '#shards'
import type { Env, Settings } from '#workers/env.ts'
import type {
  AuthorityPermission,
  Entitled,
  OperatorPermission,
  Permission,
  SharedPermission,
} from './may.ts'

/** Who may come in. Every route has exactly one door; `app.tsx` opens it before the page is asked. */
export type Door =
  | { readonly kind: 'public' }
  /** `whileNeeding`: also for somebody who still has to do one of these, and can do it here. */
  | {
      readonly kind: 'signed-in'
      readonly whileNeeding: readonly Need[]
      readonly isConfirmed: boolean
    }
  | { readonly kind: 'school'; readonly may: Permission; readonly isConfirmed: boolean }
  | { readonly kind: 'operator'; readonly may: OperatorPermission; readonly isConfirmed: boolean }
  | { readonly kind: 'authority'; readonly may: AuthorityPermission; readonly isConfirmed: boolean }
  /**
   * The program in a school: by its `login`; by a `code` that the route checks itself; or by nothing, for what anybody
   * may know.
   */
  | { readonly kind: 'agent'; readonly proof: 'login' | 'code' | 'none' }
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

/** A person, with what entitles them. In a school's area by its leave: at the level that was lent. */
export type Insider = User & Entitled

export type PersonVisit = Visit & {
  readonly user: Insider
  /** Whose area they are in: their own organisation, or the customer that let the operator in. */
  readonly organisation: Organisation
  readonly standing: Standing
}

/** Somebody of an organisation, in its area, acting as themselves. */
export type SchoolVisit = PersonVisit & {
  readonly school: School
  /** What `app.tsx` waits for or does when the answer is made: that a look is written down. */
  readonly beside: Beside
}

/** A school's agent, acting as itself. */
export type AgentVisit = Visit & {
  readonly agent: Agent & { keys: AgentKeys }
  /** The one that it proved to hold, of those that it may have. */
  readonly apiKey: Uint8Array
  readonly asked: ProvenRequest
  readonly organisation: Organisation
  readonly school: School
}

type Answer = Response | Promise<Response>
type Methods<V> = {
  readonly get?: (visit: V) => Answer
  readonly post?: (visit: V) => Answer
  /** Bytes of body that a POST may have; 64 kB where nothing is said. */
  readonly maxBodyBytes?: number
  /**
   * Asks for proof again where the last one is older than ten minutes: for exports, unmasking, changes of
   * roles and of what guards an account. Give it to the page with the form as well as to what it posts to.
   */
  readonly isConfirmed?: boolean
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

function route<V>(path: string, door: Door, methods: Methods<V>): Route {
  const { get, post, maxBodyBytes = DEFAULT_BODY_BYTES } = methods as Methods<never>
  return { path, door, maxBodyBytes, ...(get && { get }), ...(post && { post }) }
}

const confirmed = ({ isConfirmed = false }: { isConfirmed?: boolean }) => ({ isConfirmed })

/** A page of the school area: `may` names what its visitor must be allowed to do. */
export const schoolRoute = (
  path: `/school${string}`,
  may: Permission,
  methods: Methods<SchoolVisit>,
) => route(path, { kind: 'school', may, ...confirmed(methods) }, methods)

export const operatorRoute = (
  path: `/operator${string}`,
  may: OperatorPermission,
  methods: Methods<SchoolVisit>,
) => route(path, { kind: 'operator', may, ...confirmed(methods) }, methods)

export const authorityRoute = (
  path: `/authority${string}`,
  may: AuthorityPermission,
  methods: Methods<SchoolVisit>,
) => route(path, { kind: 'authority', may, ...confirmed(methods) }, methods)

/**
 * A page that stands in the area of every kind of organisation: `/school/users`, `/authority/users`,
 * `/operator/users`. It finds its own area by `areaOf(visit.organisation)`.
 */
export const everyArea = (
  path: `/${string}`,
  may: SharedPermission,
  methods: Methods<SchoolVisit>,
): readonly Route[] => [
  schoolRoute(`/school${path}`, may, methods),
  authorityRoute(`/authority${path}`, may, methods),
  operatorRoute(`/operator${path}`, may, methods),
]

/** For anyone signed in, of whatever organisation, in their own account. */
export const signedInRoute = (
  path: `/${string}`,
  methods: Methods<PersonVisit> & { readonly whileNeeding?: readonly Need[] },
) =>
  route(
    path,
    { kind: 'signed-in', whileNeeding: methods.whileNeeding ?? [], ...confirmed(methods) },
    methods,
  )

/** For anyone at all. */
export const publicRoute = (path: `/${string}`, methods: Methods<Visit>) =>
  route(path, { kind: 'public' }, methods)

/** For a school's agent, who is asked for its login before anything of the body is read. */
export const agentRoute = (path: `/mis/v1/${string}`, methods: Methods<AgentVisit>) =>
  route(path, { kind: 'agent', proof: 'login' }, methods)

/** For a program that is no agent yet, or not to prove it. */
export const unknownAgentRoute = (
  path: `/mis/v1/${string}`,
  proof: 'code' | 'none',
  methods: Methods<Visit>,
) => route(path, { kind: 'agent', proof }, methods)

/** For a carrier, who proves itself by signing what it posts. */
export const carrierRoute = (path: `/hooks/${string}`, methods: Methods<Visit>) =>
  route(path, { kind: 'carrier' }, methods)
