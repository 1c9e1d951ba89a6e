const RANDOM_BYTES = 16;

/** A UUIDv7 (RFC 9562): 48 bits of ms UTC, then random bits; later ids sort after earlier ones. Needs 16 random bytes. */
export function uuidV7(clockMs: number, randomBytes: Uint8Array): string {
  if (!Number.isSafeInteger(clockMs) || clockMs < 0 || clockMs >= 2 ** 48) throw new RangeError('not a time in ms');
  if (randomBytes.length !== RANDOM_BYTES) throw new RangeError(`a UUID needs ${RANDOM_BYTES} random bytes`);
  const bytes = Buffer.from(randomBytes);
  bytes.writeUIntBE(clockMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
