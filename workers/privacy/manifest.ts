import { sessionsHolding, signInFailuresHolding, usersHolding } from '#access'
import { trailHeadsHolding, trailHolding } from '#audit'
import { optOutsHolding } from '#consent'
import {
  attemptsHolding,
  deadLettersHolding,
  parcelsHolding,
  providerEventsHolding,
} from '#delivery'
import { candidatesHolding, messagesHolding, repliesHolding } from '#messaging'
import { importMappingsHolding, importsHolding } from '#mis'
import {
  contactsHolding,
  groupsHolding,
  membershipsHolding,
  pointsHolding,
  pupilsHolding,
  relationshipsHolding,
  restrictionsHolding,
  staffHolding,
} from '#people'
import { creditEntriesHolding, organisationsHolding } from '#schools'
import { type AnyHolding, expectationsHolding, placementsHolding } from '#shards'

/** Every table there is, once: what export, retention, the purge and the record of processing read. */
export const manifest: readonly AnyHolding[] = [
  expectationsHolding,
  placementsHolding,
  trailHolding,
  trailHeadsHolding,
  organisationsHolding,
  creditEntriesHolding,
  usersHolding,
  sessionsHolding,
  signInFailuresHolding,
  pupilsHolding,
  contactsHolding,
  relationshipsHolding,
  pointsHolding,
  restrictionsHolding,
  staffHolding,
  groupsHolding,
  membershipsHolding,
  optOutsHolding,
  parcelsHolding,
  attemptsHolding,
  providerEventsHolding,
  deadLettersHolding,
  messagesHolding,
  candidatesHolding,
  repliesHolding,
  importsHolding,
  importMappingsHolding,
]
