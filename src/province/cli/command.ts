import { placeOf, type ProvincePlace } from '../config.ts';
import { type CommandArguments, optional } from './arguments.ts';
import { openProvince } from './open-province.ts';
import type { Province } from '../province.ts';

/** Writes one line of NDJSON to stdout. */
export type Print = (value: unknown) => void;

/** One command of the program; `run` answers the exit code. */
export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  /** Options beside those of the place, without dashes. */
  readonly options: readonly string[];
  /** Options without a value. */
  readonly flags?: readonly string[];
  readonly run: (args: CommandArguments, print: Print) => Promise<number>;
};

/** Options that every command takes. */
export const PLACE_OPTIONS = ['data', 'database-url', 'keys', 'documents'] as const;

export function placeOfArguments(args: CommandArguments): ProvincePlace {
  return placeOf({
    data: optional(args, 'data'),
    keys: optional(args, 'keys'),
    documents: optional(args, 'documents'),
    databaseUrl: optional(args, 'database-url'),
  });
}

/** Opens the province, does the work, and leaves again whatever happens. */
export async function withProvince<T>(args: CommandArguments, work: (province: Province) => Promise<T>): Promise<T> {
  const { province, close } = await openProvince(placeOfArguments(args));
  try {
    return await work(province);
  } finally {
    await close();
  }
}
