import type { Refusal } from '../../../contract/errors.ts';
import type { Reading } from '../../../contract/views-documents.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { agreementOf } from './agreement.ts';
import type { PageCode } from './code-meaning.ts';
import { propose } from './propose.ts';
import type { ReadField, RecognisedPage } from './recognised.ts';

/** What the registry says of one field: to be compared with, and as this officer may see it now. */
export type Registered = { readonly value: string; readonly shown: string };
/** Fields that are unknown, or that nobody may see yet, are not in it. */
export type RegisteredFields = Partial<Readonly<Record<ReadField, Registered>>>;

type ReadRefusal = Refusal<'PAGE_DAMAGED' | 'PAGE_TOO_SLOW'>;

/** Reads a page beside the registry; it changes nothing and takes nothing over. */
export type ReadingService = {
  readonly read: (
    jpeg: Uint8Array,
    registered: RegisteredFields,
  ) => Promise<Result<{ readings: Reading[]; took: number }, ReadRefusal>>;
};

type Deps = {
  /** The worker's eyes: codes and words, without a meaning. */
  readonly recognise: (
    jpeg: Uint8Array,
  ) => Promise<Result<{ readonly codes: readonly PageCode[]; readonly page: RecognisedPage }, Refusal>>;
  readonly monoMs: () => number;
};

export function createReadingService({ recognise, monoMs }: Deps): ReadingService {
  return {
    read: async (jpeg, registered) => {
      const began = monoMs();
      const seen = await recognise(jpeg);
      if (!seen.ok) {
        // The page was made by ourselves: whatever else the worker says of it, it did not come through whole.
        const code = seen.error.code === 'PAGE_TOO_SLOW' ? 'PAGE_TOO_SLOW' : 'PAGE_DAMAGED';
        return { ok: false, error: { code } };
      }
      const readings = propose(seen.value.codes, seen.value.page).map((proposal) => {
        const known = registered[proposal.field];
        return {
          ...proposal,
          registered: known?.shown ?? null,
          agreement: agreementOf(proposal.field, proposal.proposed, known?.value ?? null),
        };
      });
      return ok({ readings, took: Math.max(0, Math.round(monoMs() - began)) });
    },
  };
}
