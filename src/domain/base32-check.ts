/** Digits and letters without I, L, O and U, which are misread for 1, 0 and V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Largest prime under 32 squared: two check characters hold every remainder. */
const MODULUS = 1021;
/** Not zero, so that a number of zeros alone is not valid. */
const EXPECTED_REMAINDER = 1;

/** The character of a value from 0 to 31. */
export function base32Character(value: number): string {
  return ALPHABET.charAt(value);
}

/** The value of a character, 0 to 31; -1 for one that is not in the alphabet. */
export function base32Value(character: string): number {
  return ALPHABET.indexOf(character);
}

/** The characters read as one number in base 32, modulo the prime. */
function remainderOf(characters: string): number {
  let remainder = 0;
  for (const one of characters) remainder = (remainder * 32 + ALPHABET.indexOf(one)) % MODULUS;
  return remainder;
}

/**
 * Two characters that make the whole number leave the expected remainder. Every single wrong character is found, because
 * no difference of two values below 32 times a power of 32 is a multiple of 1021; so is every swap of two neighbours,
 * because such a swap changes the number by their difference times 31 times a power of 32.
 */
export function checkCharacters(characters: string): string {
  const shifted = (remainderOf(characters) * 1024) % MODULUS;
  const check = (EXPECTED_REMAINDER - shifted + MODULUS) % MODULUS;
  return base32Character(check >> 5) + base32Character(check & 31);
}

/** Whether characters that end with their two check characters were copied right. */
export function isChecked(characters: string): boolean {
  return remainderOf(characters) === EXPECTED_REMAINDER;
}

/** What somebody typed or scanned: case and blanks do not matter, O is read as 0 and I, L as 1. */
export function readBase32(text: string): string {
  return text.replace(/\s/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}
