import type { Refusal } from '../../../contract/errors.ts';
import type { Policy } from '../../../domain/policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import type { ReadTx } from '../db/open.ts';
import type { SealingKey } from '../journal/subject-keys.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { awaitsPage, pageFigures, readPagesOf } from './document-store.ts';
import { spaceFor } from './page-space.ts';

/** What a stream is to its pages; the wiring knows, for transactions and applications are other features. */
export type StreamState = 'open' | 'closed' | 'unknown';

/** What documents ask of the rest of the counter. */
export type Surroundings = {
  readonly streamState: (tx: ReadTx, stream: string) => Promise<StreamState>;
  /** Whether a paper of this kind is asked for in this stream. */
  readonly knowsKind: (tx: ReadTx, stream: string, kind: string) => Promise<boolean>;
};

/** What must hold before a page is taken in, and what is used when it is. */
export type Admission = {
  readonly sealingKey: SealingKey;
  readonly policy: Policy;
  /** False for a page that is taken again after its service was closed: nobody looks at it here. */
  readonly isOpen: boolean;
};

export type AdmissionRefusal = Refusal<
  'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED' | 'PAGES_SPACE_LOW' | 'PAGE_KEY_MISSING' | 'PAGES_TOO_MANY'
>;

/** Whether one more page may come to this stream now. */
export async function admitPage(
  tx: ReadTx,
  asked: {
    readonly stream: string;
    readonly pages: number;
    readonly nowMs: number;
    readonly freeDiskBytes: number | null;
  },
  { streamState }: Pick<Surroundings, 'streamState'>,
): Promise<Result<Admission, AdmissionRefusal>> {
  const state = await streamState(tx, asked.stream);
  if (state === 'unknown') return err({ code: 'TRANSACTION_UNKNOWN' });
  // "A page missing becomes a decision 'take it again'": the one page that comes after the end.
  if (state === 'closed' && !(await awaitsPage(tx, asked.stream))) {
    return err({ code: 'TRANSACTION_CLOSED', details: { state: 'closed' } });
  }
  const policy = await readPolicy(tx);
  const kept = (await readPagesOf(tx, asked.stream)).length;
  if (kept + asked.pages > policy.pages.maxPages) return err({ code: 'PAGES_TOO_MANY', details: { pages: kept } });
  const figures = { ...(await pageFigures(tx)), freeDiskBytes: asked.freeDiskBytes };
  const coming = asked.pages * policy.pages.targetBytes;
  if (spaceFor(policy.pages, figures, coming).health === 'stop') return err({ code: 'PAGES_SPACE_LOW' });
  const [sealingKey] = validSealingKeys(await readProvinceKeys(tx), asked.nowMs);
  return sealingKey === undefined
    ? err({ code: 'PAGE_KEY_MISSING' })
    : ok({ sealingKey, policy, isOpen: state === 'open' });
}
