import type { Day } from '#kernel'
import type { Organisation } from './organisation.ts'
import {
  NOTICE_DAYS,
  type Part,
  partsOf,
  type Party,
  processors as configured,
} from './processors.ts'
import { type Product, products } from './product.ts'

export type RegisterOptions = {
  today: Day
  /** Whether the sandbox stands in for carriers. */
  hasSandbox: boolean
  /** The configured ones, where a test does not bring its own. */
  processors?: readonly Party[]
}

/** Who is responsible for a product's data, and who handles it for them now. */
export type RegisterEntry = {
  product: Product
  /** PRODUCT 2.3: the school; for Looked After Call the local authority. Each is the customer itself. */
  controller: string
  processors: Party[]
  /** What the product will need and nobody does yet. */
  nobodyFor: Part[]
}

/** A change that is announced and not yet in force. */
export type RegisterChange = {
  /** What the trail calls it: "alder-begins". */
  id: string
  kind: 'begins' | 'ends'
  party: Party
  on: Day
  announcedOn: Day
  products: Product[]
}

/** The register of a customer's own products (UK GDPR Article 30(2)); of every product for the operator. */
export function registerOf(
  organisation: Pick<Organisation, 'kind' | 'name' | 'products'>,
  options: RegisterOptions,
): RegisterEntry[] {
  const inUse = known(options).filter((one) => isInUse(one, options.today))
  return productsOf(organisation).map((product) => {
    const parts: readonly Part[] = partsOf[product]
    return {
      product,
      controller: controllerOf(organisation, product),
      processors: inUse.filter(({ part }) => parts.includes(part)),
      nobodyFor: parts.filter((part) => !inUse.some((one) => one.part === part)),
    }
  })
}

/** Announced changes that are still to come, the soonest first; of any product where no customer is named. */
export function changesAhead(
  organisation: Pick<Organisation, 'kind' | 'products'> | undefined,
  options: RegisterOptions,
): RegisterChange[] {
  const concerned = organisation ? productsOf(organisation) : products
  return known(options)
    .flatMap(changesOf)
    .filter(({ on, announcedOn }) => announcedOn <= options.today && options.today < on)
    .map((change) => ({
      ...change,
      products: change.products.filter((one) => concerned.includes(one)),
    }))
    .filter((change) => change.products.length > 0)
    .toSorted((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id))
}

/** What is wrong with a configuration of processors, in words for whoever changes it. */
export function faultsIn(processors: readonly Party[]): string[] {
  const tooSoon = processors
    .flatMap(changesOf)
    .filter(({ on, announcedOn }) => daysBetween(announcedOn, on) < NOTICE_DAYS)
    .map(({ id, on }) => `${id}: announce it ${NOTICE_DAYS} days before ${on}`)
  const ids = processors.map(({ id }) => id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const always: readonly Part[] = ['operator', 'hosting']
  const missing = always.filter((part) => !processors.some((one) => one.part === part && !one.ends))
  return [
    ...tooSoon,
    ...twice.map((id) => `${id}: is there twice; give the other an id of its own`),
    ...missing.map((part) => `${part}: every product needs one`),
  ]
}

const productsOf = ({ kind, products: subscribed }: Pick<Organisation, 'kind' | 'products'>) =>
  kind === 'operator' ? products : products.filter((product) => subscribed.includes(product))

const known = ({ hasSandbox, processors = configured }: RegisterOptions): readonly Party[] =>
  processors.filter(({ isPretend }) => hasSandbox || !isPretend)

const isInUse = ({ since, ends }: Party, today: Day): boolean =>
  since <= today && (ends === undefined || today < ends.on)

function controllerOf({ kind, name }: Pick<Organisation, 'kind' | 'name'>, product: Product) {
  if (kind !== 'operator') return name
  return product === 'looked-after-call' ? 'The local authority' : 'The school'
}

function changesOf(party: Party): RegisterChange[] {
  const { id, since, announcedOn, ends, part } = party
  const concerned = products.filter((product) =>
    (partsOf[product] as readonly Part[]).includes(part),
  )
  const change = (kind: RegisterChange['kind'], on: Day, announced: Day): RegisterChange => ({
    id: `${id}-${kind}`,
    kind,
    party,
    on,
    announcedOn: announced,
    products: concerned,
  })
  return [
    ...(announcedOn === null ? [] : [change('begins', since, announcedOn)]),
    ...(ends === undefined ? [] : [change('ends', ends.on, ends.announcedOn)]),
  ]
}

const DAY_MS = 24 * 60 * 60_000

/** Both are midnights in UTC, so that no clock change makes a day short. */
const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY_MS
