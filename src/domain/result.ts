/** A success that carries its value. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** An expected failure that carries its reason as a value; a bug is thrown instead. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** The outcome of everything that may fail for a reason that the product knows and words. */
export type Result<T, E> = Ok<T> | Err<E>;

/** Any result: what is generic over a whole `Result` keeps the union of refusals that a function really answers. */
export type AnyResult = Result<unknown, unknown>;

/** Wraps a success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps an expected failure. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/** Ends a switch over a union: a new member does not compile, a forged one throws. */
export function assertNever(value: never): never {
  throw new Error(`a member of the union is not handled: ${JSON.stringify(value)}`);
}
