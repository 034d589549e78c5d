import { describe, expect, it } from 'vitest'
import { newId } from '#kernel'
import { references } from './reference.ts'

const parcel = { shard: 3, school: newId('organisation'), parcel: newId('parcel') }

describe('references', () => {
  it('come back as they were made', async () => {
    const ours = await references('secret')
    expect(await ours.read(await ours.make(parcel))).toEqual(parcel)
  })

  it('are refused where anything of them was changed', async () => {
    const ours = await references('secret')
    const made = await ours.make(parcel)
    for (let at = 0; at < made.length; at++) {
      const other = made[at] === '0' ? '1' : '0'
      expect(await ours.read(made.slice(0, at) + other + made.slice(at + 1))).toBeUndefined()
    }
  })

  it('are refused from another key, and when they are not references', async () => {
    const ours = await references('secret')
    const theirs = await (await references('another')).make(parcel)
    for (const text of [theirs, '', '....', 'x'.repeat(10_000), `${theirs}.more`]) {
      expect(await ours.read(text)).toBeUndefined()
    }
  })
})
