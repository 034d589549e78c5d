/** Bytes as base64url text without padding (RFC 4648 §5): D1 hands BLOBs back as arrays of numbers. */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const buffer = Buffer.from(text, 'base64url')
  const bytes = new Uint8Array(buffer.byteLength)
  bytes.set(buffer)
  return bytes
}
