import { randomInt } from 'node:crypto';
import { inGroups } from '../../domain/approval-request.ts';
import { base32Character, checkCharacters, isChecked, readBase32 } from '../../domain/base32-check.ts';

/** Characters of chance: 90 bits; two check characters follow. */
const LENGTH = 18;

/** A new code, in groups as it is read to somebody. */
export function newPageCode(): string {
  const body = Array.from({ length: LENGTH }, () => base32Character(randomInt(32))).join('');
  return inGroups(body + checkCharacters(body));
}

/** The code without blanks and hyphens; undefined for what was never one. */
export function readPageCode(text: string): string | undefined {
  const characters = readBase32(text).replaceAll('-', '');
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(characters) && isChecked(characters) ? characters : undefined;
}
