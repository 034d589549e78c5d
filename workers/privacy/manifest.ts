import {
  bulkExportsHolding,
  challengesHolding,
  invitationsHolding,
  passkeysHolding,
  passwordResetsHolding,
  recoveryCodesHolding,
  reviewLinesHolding,
  reviewsHolding,
  screeningsHolding,
  sessionsHolding,
  signInFailuresHolding,
  supportAccessesHolding,
  totpsHolding,
  usersHolding,
} from '#access'
import { conductRecordsHolding, registerPagesHolding } from '#attendance'
import { agentKeysHolding, agentRequestsHolding, agentsHolding, pushesHolding } from '#agents'
import { trailHeadsHolding, trailHolding } from '#audit'
import { optInsHolding, optOutsHolding } from '#consent'
import {
  attemptsHolding,
  deadLettersHolding,
  parcelsHolding,
  providerEventsHolding,
} from '#delivery'
import { candidatesHolding, messagesHolding, repliesHolding } from '#messaging'
import { importMappingsHolding, importsHolding, writeBacksHolding } from '#mis'
import {
  contactAliasesHolding,
  contactsHolding,
  groupsHolding,
  membershipsHolding,
  pointsHolding,
  pupilsHolding,
  relationshipsHolding,
  restrictionsHolding,
  staffHolding,
} from '#people'
import { creditEntriesHolding, organisationContactsHolding, organisationsHolding } from '#schools'
import { type AnyHolding, expectationsHolding, placementsHolding } from '#shards'

/** Every table there is, once: what export, retention, the purge and the record of processing read. */
export const manifest: readonly AnyHolding[] = [
  expectationsHolding,
  placementsHolding,
  trailHolding,
  trailHeadsHolding,
  organisationsHolding,
  organisationContactsHolding,
  creditEntriesHolding,
  usersHolding,
  sessionsHolding,
  signInFailuresHolding,
  invitationsHolding,
  passwordResetsHolding,
  passkeysHolding,
  totpsHolding,
  recoveryCodesHolding,
  challengesHolding,
  screeningsHolding,
  supportAccessesHolding,
  bulkExportsHolding,
  reviewsHolding,
  reviewLinesHolding,
  agentsHolding,
  pushesHolding,
  agentRequestsHolding,
  agentKeysHolding,
  pupilsHolding,
  contactsHolding,
  contactAliasesHolding,
  relationshipsHolding,
  pointsHolding,
  restrictionsHolding,
  staffHolding,
  groupsHolding,
  membershipsHolding,
  optOutsHolding,
  optInsHolding,
  parcelsHolding,
  attemptsHolding,
  providerEventsHolding,
  deadLettersHolding,
  messagesHolding,
  candidatesHolding,
  repliesHolding,
  importsHolding,
  importMappingsHolding,
  writeBacksHolding,
  registerPagesHolding,
  conductRecordsHolding,
]
