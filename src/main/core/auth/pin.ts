import { hash, verify } from '@node-rs/argon2';
import { sha256 } from '../journal/hash-chain.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'officer.pin';

/** After this many wrong PINs in a row the officer is locked out ... */
const FAILURES_BEFORE_LOCK = 5;
/** ... for this long, doubling with every further failure up to the ceiling. */
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 60 * 60_000;

/** Until when an officer is locked out after his nth failure in a row; null while he is not. */
export function lockedUntil(failures: number, nowMs: number): number | null {
  if (failures < FAILURES_BEFORE_LOCK) return null;
  return nowMs + Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** Math.min(failures - FAILURES_BEFORE_LOCK, 10));
}

/**
 * Seals the province's argon2id verifier under this device's data key, so that a copied database
 * gives nothing to try six digits against.
 */
export function sealVerifier(cipher: ColumnCipher, argon2id: string): string {
  return cipher.seal(argon2id, CONTEXT);
}

/** True when the PIN fits. Costs the same time whether it fits or not. */
export async function pinFits(cipher: ColumnCipher, pinSealed: string, pin: string): Promise<boolean> {
  return await verify(openVerifier(cipher, pinSealed), pin);
}

/** What the verifiers of the province cost as well. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The verifier that was sealed. */
export function openVerifier(cipher: ColumnCipher, pinSealed: string): string {
  return cipher.open(pinSealed, CONTEXT);
}

/** Verifier of a PIN that was chosen at this counter. */
export async function newVerifier(pin: string): Promise<string> {
  return await hash(pin, COST);
}

/** The same, sealed. */
export async function sealNewPin(cipher: ColumnCipher, pin: string): Promise<string> {
  return sealVerifier(cipher, await newVerifier(pin));
}

/** By what one verifier is known from another, without either. */
export function verifierHash(argon2id: string): string {
  return sha256(argon2id);
}

/** Burns the time of one check for an officer who does not exist, so that names cannot be guessed by the clock. */
export async function pinOfNobody(pin: string): Promise<void> {
  await hash(pin, COST);
}
