import type { ContactId, PupilId } from '#kernel'
import type { PersonId, Snapshot } from '#people'
import type { Fingerprint } from '#vault'

export type KnownPupil = Snapshot['pupils'][number]
export type KnownContact = Snapshot['contacts'][number]
export type KnownPoint = Snapshot['points'][number]
export type KnownAlias = Snapshot['aliases'][number]
export type KnownTie = Snapshot['relationships'][number]

/** The roll as it stands, arranged so that each question of a comparison is one look-up. */
export type Known = {
  snapshot: Snapshot
  pupils: Map<PupilId, KnownPupil>
  byUpn: Map<Fingerprint | null, KnownPupil[]>
  byAdmission: Map<Fingerprint | null, KnownPupil[]>
  byName: Map<Fingerprint, KnownPupil[]>
  contacts: Map<ContactId, KnownContact>
  /** Those whose contact is there: an alias of nobody finds nobody. */
  aliasesOf: Map<PupilId, KnownAlias[]>
  tiesOf: Map<PupilId, KnownTie[]>
  pointsOf: Map<PersonId, KnownPoint[]>
}

export function arranged(snapshot: Snapshot): Known {
  const contacts = new Map(snapshot.contacts.map((contact) => [contact.id, contact]))
  const aliases = snapshot.aliases.filter(({ contactId }) => contacts.has(contactId))
  return {
    snapshot,
    pupils: new Map(snapshot.pupils.map((pupil) => [pupil.id, pupil])),
    byUpn: Map.groupBy(snapshot.pupils, (pupil) => pupil.upnFingerprint),
    byAdmission: Map.groupBy(snapshot.pupils, (pupil) => pupil.admissionFingerprint),
    byName: Map.groupBy(snapshot.pupils, (pupil) => pupil.nameFingerprint),
    contacts,
    aliasesOf: Map.groupBy(aliases, (alias) => alias.pupilId),
    tiesOf: Map.groupBy(snapshot.relationships, (tie) => tie.pupilId),
    pointsOf: Map.groupBy(snapshot.points, (point) => point.personId),
  }
}
