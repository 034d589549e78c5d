import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type Product, productsFor } from './product.ts'
import * as store from './store.ts'

/**
 * Switches products on and off (PRODUCT 2.2). What is switched off is gone from menu and permissions at
 * the next click; its data stays as long as it would have.
 */
export async function changeProducts(
  directory: Directory,
  school: School,
  products: readonly Product[],
): Promise<Refusal<'not-for-this-kind' | 'none-left' | 'no-such-organisation'> | undefined> {
  const before = await store.find(directory, school.id)
  if (!before) return refuse('no-such-organisation')
  const offered: readonly Product[] = productsFor[before.kind]
  if (products.some((product) => !offered.includes(product))) return refuse('not-for-this-kind')
  if (products.length === 0) return refuse('none-left')

  const wanted = offered.filter((product) => products.includes(product))
  const facts = Object.fromEntries(
    offered
      .filter((product) => before.products.includes(product) !== wanted.includes(product))
      .map((product) => [product, wanted.includes(product)]),
  )
  if (Object.keys(facts).length === 0) return undefined
  await school.commit(audit.entry(school, 'organisation.products-changed', school.id, facts))
  await directory.write(store.changed(directory, school.id, { products: wanted }))
  return undefined
}
