import type { Patch } from './patch.ts';

export type Mutant = Patch & { readonly name: string };

export const MUTANTS: readonly Mutant[] = [];

/** A mutant by its name; throws when there is none. */
export function findMutant(name: string): Mutant {
  const found = MUTANTS.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
}
