import { err, ok, type Result } from './result.ts';

declare const chassisTailBrand: unique symbol;

/** The last five characters of a chassis number, upper case: the citizen's proof of holding the STNK. */
export type ChassisTail = string & { readonly [chassisTailBrand]: 'ChassisTail' };

/** Why a text gives no chassis tail. */
export type ChassisProblem = 'CHASSIS_TOO_SHORT' | 'CHASSIS_BAD_CHARACTER';

const CHASSIS_TAIL_LENGTH = 5;

/**
 * The last five letters or digits of what was typed or scanned, be it a tail or a whole chassis number. ISO 3779 leaves I,
 * O and Q out of the numbers of cars, yet older frames bear them, so every Latin letter is taken as it stands.
 */
export function normaliseChassisTail(text: string): Result<ChassisTail, ChassisProblem> {
  const plain = text
    .normalize('NFKC') // full-width forms of a scanner set for another keyboard
    .replace(/[\s.\-/*]/g, '') // STNK sheets set the number between asterisks
    .toUpperCase();
  if (!/^[A-Z0-9]*$/.test(plain)) return err('CHASSIS_BAD_CHARACTER');
  if (plain.length < CHASSIS_TAIL_LENGTH) return err('CHASSIS_TOO_SHORT');
  return ok(plain.slice(-CHASSIS_TAIL_LENGTH) as ChassisTail); // the only place where a checked text becomes the brand
}
