/**
 * The vault owns every key and all sealing. A master key (a secret) wraps one keyring per holder;
 * wrapped keyrings live in an R2 bucket and nowhere else, because databases keep thirty days of
 * backups and the bucket does not: deleting one object makes every copy of a school's data
 * unreadable. It promises that only it can make a `Sealed<T>`, and that a sealed value opens only in
 * the row and column it was sealed for. It never writes a key, or what it opened, anywhere.
 */
export { type Fingerprint, fingerprint } from './fingerprint.ts'
export {
  ENC_BYTES,
  isProof,
  keyFingerprint,
  type KeyPair,
  newKeyPair,
  openAlone,
  type OpeningContext,
  proofOf,
  sealAlone,
  type SealingContext,
  secretId,
  type SharedSecret,
  startOpening,
  startSealing,
  TAG_BYTES,
} from './hpke.ts'
export { type Keyring } from './keyring.ts'
export { type MasterKeys, readMasterKeys } from './master.ts'
export { type DataKey, keyIdOf, open, type Place, seal, type Sealed, sealedWith } from './sealed.ts'
export { KEYRING_KEPT_MS, KeysGone, openVault, type Vault } from './vault.ts'
