/** The word for how a contact stands to a pupil: "Mother", "Carer". */
export type RelationshipRecord = { relationship: string | null }
