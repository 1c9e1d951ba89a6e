import { type RawBuilder, sql } from 'kysely';

/**
 * The right side of `in` for a list of any length, bound as one value: a list that is written out makes a statement of its
 * own for every length, each built, prepared and kept.
 */
export function anyOf<T extends number | string>(values: readonly T[]): RawBuilder<T> {
  return anyListed<T>(JSON.stringify(values));
}

/** The same over a list that is JSON already: where the list has a slot in a prepared query. */
export function anyListed<T extends number | string>(json: string): RawBuilder<T> {
  return sql<T>`(select value from json_each(${json}))`;
}
