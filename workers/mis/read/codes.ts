/**
 * Code sets of the DfE's Common Basic Data Set that a transfer file uses. Transcribed from the CTF 19
 * specification sheet quoted by the generator in test/samples/mis-ctf; checked against nothing newer.
 */
export const RELATIONSHIPS: Readonly<Record<string, string>> = {
  CAR: 'Carer',
  CHM: 'Childminder',
  DOC: 'Doctor',
  FAM: 'Other family member',
  FOF: 'Foster father',
  FOM: 'Foster mother',
  HTC: 'Head teacher',
  OTH: 'Other contact',
  PAF: 'Father',
  PAM: 'Mother',
  REL: 'Other relative',
  RLG: 'Religious or spiritual contact',
  STF: 'Step father',
  STM: 'Step mother',
  SWR: 'Social worker',
  TCH: 'Teacher',
}

/** CBDS sex and gender codes; other systems have more words, which stay as typed. */
export const GENDERS: Readonly<Record<string, string>> = {
  F: 'Female',
  M: 'Male',
  U: 'Unknown',
}

/** The letter that ends the sum; without I, O and S (DfE, UPN guide). */
export const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'
