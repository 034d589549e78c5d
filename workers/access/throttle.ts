import { sql } from 'drizzle-orm'
import { mailboxKey } from '#kernel'
import { type Directory, statement } from '#shards'

/** PRODUCT 3.2: 10 guesses in 5 minutes, for an account and for a network address. */
export const MAX_GUESSES = 10
export const GUESSES_WITHIN_MS = 5 * 60_000

/** A guess under way: it counts as wrong until it is taken back. */
export type Guess = { readonly id: string; readonly keys: readonly string[] }

/** What guesses are counted by: the kind keeps those at codes apart from those at passwords. */
export type GuessKey = readonly [kind: string, value: string]

/** A guess at an account's password: for the account and for the network it comes from. */
export const guessed = (
  directory: Directory,
  email: string,
  from: string,
): Promise<Guess | undefined> =>
  counted(directory, [
    ['user-email', mailboxKey(email)],
    ['address', networkOf(from)],
  ])

/**
 * Counts a guess before it is checked, in one statement, so that guesses made at the same moment
 * cannot pass by each other. Undefined where one of its keys (one or two) has had its ten.
 */
export async function counted(
  directory: Directory,
  by: readonly [GuessKey] | readonly [GuessKey, GuessKey],
): Promise<Guess | undefined> {
  const keys = await Promise.all(by.map(([kind, value]) => directory.fingerprint(kind, value)))
  const id = crypto.randomUUID()
  const nowMs = directory.clock.now()
  const given = JSON.stringify(keys)
  const added = await directory.rows(
    statement(sql`
      insert into sign_in_failures (id, key, at_ms)
      select ${id} || '.' || one.key, one.value, ${nowMs} from json_each(${given}) as one
      where not exists (
        select 1 from sign_in_failures
        where key in (select value from json_each(${given})) and at_ms > ${nowMs - GUESSES_WITHIN_MS}
        group by key having count(*) >= ${MAX_GUESSES})
      returning id`),
  )
  return added.length > 0 ? { id, keys } : undefined
}

/** The guess was right: it does not count. Those before it still do, or one right one would buy ten. */
export const takenBack = (guess: Guess) =>
  statement(sql`
    delete from sign_in_failures
    where id in (${`${guess.id}.0`}, ${`${guess.id}.1`})`)

/** Guesses too old to count are not kept. */
export const forgotten = (directory: Directory) =>
  statement(
    sql`delete from sign_in_failures where at_ms <= ${directory.clock.now() - GUESSES_WITHIN_MS}`,
  )

/**
 * The network an address belongs to: an IPv6 customer has a whole /64 to guess from (RFC 6177), so
 * the first four groups count as one; an IPv4 address counts by itself.
 */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.toLowerCase()
  const [head = '', tail] = address.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, IPV6_GROUPS - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  return groups.slice(0, NETWORK_GROUPS).map(withoutZeros).join(':')
}

const IPV6_GROUPS = 8
const NETWORK_GROUPS = 4

const withoutZeros = (group: string) => group.replace(/^0+(?=.)/, '')
