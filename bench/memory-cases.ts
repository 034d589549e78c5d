import { newSecret } from '../workers/access/factors/totp.ts'
import { largestCsv } from './large-csv.ts'
import type { School } from './sending.ts'
import { type Visitor, visitorAt } from './visitor.ts'
import type { World } from './world.ts'

const PUPILS = 1_500
const REJECTED = 1_000
export const SECRETS = { password: 'four grey herons by the weir', totp: newSecret() }

type Place = { world: World; school: School }
type Work = () => Promise<unknown>
/** `ready` makes ready, and answers what is measured. */
export type Case = { name: string; ready: (place: Place) => Promise<Work> }

/** The heaviest of each kind that is taken, and beside it what a school sends each night. */
export const memoryCases: readonly Case[] = [
  { name: 'whole-roster', ready: (place) => pushed(place, 'post-roster', WHOLE) },
  { name: 'largest-roster', ready: (place) => pushed(place, 'post-largest-roster', {}) },
  {
    name: 'changed-roster',
    ready: async (place) => {
      await (
        await pushed(place, 'post-largest-roster', {})
      )()
      return pushed(place, 'post-largest-roster', { again: true })
    },
  },
  {
    name: 'largest-registers',
    ready: (place) => onRoll(place, 'post-largest-marks', { pupils: PUPILS }),
  },
  {
    name: 'amended-year',
    ready: async (place) => {
      await (
        await onRoll(place, 'post-marks-of-a-year', { pupils: PUPILS })
      )()
      return pushed(place, 'post-marks-of-a-year', { pupils: PUPILS, again: true })
    },
  },
  {
    name: 'largest-conduct',
    ready: (place) => onRoll(place, 'post-largest-conduct', { pupils: PUPILS }),
  },
  {
    name: 'largest-upload',
    ready: async (place) => {
      const visitor = await withColumns(place)
      return () => uploaded(visitor)
    },
  },
  {
    name: 'applied-upload',
    ready: async (place) => {
      const visitor = await withColumns(place)
      const path = await uploaded(visitor)
      return () => visitor.upload(`${path}/applied`, new FormData())
    },
  },
  {
    name: 'page-of-rejected',
    ready: async (place) => {
      const asked = { ...at(place), pupils: PUPILS, rejected: REJECTED }
      const importId = await place.world.act<string>('post-rejected', asked)
      await place.world.act('open-push', { ...at(place), importId })
      const visitor = await visitorAt(place.world, place.school, SECRETS)
      return () => visitor.ask({ path: `/school/imports/${importId}` })
    },
  },
]

const WHOLE = { pupils: PUPILS, changed: 0 }

/** The pupils first, whom the push is about. */
async function onRoll(place: Place, post: string, asked: object): Promise<Work> {
  await (
    await pushed(place, 'post-roster', WHOLE)
  )()
  return pushed(place, post, asked)
}

async function pushed({ world, school }: Place, post: string, asked: object): Promise<Work> {
  const place = at({ school })
  const importId = await world.act<string>(post, { ...place, ...asked })
  return async () => {
    const { state } = await world.act<{ state: string }>('open-push', { ...place, importId })
    if (state !== 'applied') throw new Error(`The push is ${state}, not applied.`)
  }
}

/** Somebody who has said what the columns are. */
async function withColumns(place: Place): Promise<Visitor> {
  const csv = await largestCsv(1).text()
  await place.world.act('know-columns', { ...at(place), csv })
  return visitorAt(place.world, place.school, SECRETS)
}

async function uploaded(visitor: Visitor): Promise<string> {
  const form = new FormData()
  form.set('covers', 'everyone')
  form.set('file', largestCsv(), 'pupils.csv')
  const path = await visitor.upload('/school/imports/new', form)
  if (path.endsWith('/mapping')) throw new Error('The columns of the file are not known.')
  return path
}

const at = ({ school }: Pick<Place, 'school'>) => ({ school: school.school, shard: school.shard })
