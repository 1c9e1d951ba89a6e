import type { z } from 'zod';
import type { ErrorCode, Refusal } from './errors.ts';
import type { EventTopic } from './frames.ts';
import type { Result } from '../domain/result.ts';

/** Who may call: anyone at the counter, a signed-in person, or only some roles. */
export type AccessLevel = 'public' | 'signed-in' | 'officer' | 'supervisor' | 'installer' | 'auditor';

type Shape = {
  readonly access: AccessLevel;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly ErrorCode[];
};

/** Reads and changes nothing, except that a look at personal data is recorded. */
export type QueryProcedure<S extends Shape = Shape> = S & {
  readonly kind: 'query';
  /** Events after which the answer is stale. */
  readonly staleAfter: readonly EventTopic[];
};

/** Changes something: at most one commit. */
export type CommandProcedure<S extends Shape = Shape> = S & { readonly kind: 'command' };

export type Procedure = QueryProcedure | CommandProcedure;

export function query<const S extends Shape & { readonly staleAfter: readonly EventTopic[] }>(
  shape: S,
): S & { readonly kind: 'query' } {
  return { ...shape, kind: 'query' };
}

export function command<const S extends Shape>(shape: S): S & { readonly kind: 'command' } {
  return { ...shape, kind: 'command' };
}

export type InputOf<P extends Procedure> = z.infer<P['input']>;
export type OutputOf<P extends Procedure> = z.infer<P['output']>;
/** What a client may send: the schema's input side (before transforms). */
export type SentInputOf<P extends Procedure> = z.input<P['input']>;
export type ErrorsOf<P extends Procedure> = P['errors'][number];
/** What any commit can answer. */
type StorageCode = 'DISK_FULL' | 'STORAGE_FAILED';
/** What a handler answers: its output, one of the refusals it declared, or that the disk did not take it. */
export type HandlerResult<P extends Procedure> = Result<OutputOf<P>, Refusal<ErrorsOf<P> | StorageCode>>;
