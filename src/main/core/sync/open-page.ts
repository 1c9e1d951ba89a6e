import type { Refusal } from '../../../contract/errors.ts';
import { openedDocumentSchema } from '../../../contract/uploads.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { Link } from './link.ts';

/** The province decrypts, decodes and draws the page anew before it answers. */
const OPENING_MS = 15_000;

/** A page that this counter cannot show any more, as the province shows it to a supervisor of the outlet. */
export type OpenPage = (
  signIn: SignIn,
  asked: { readonly documentId: string; readonly reason: string },
) => Promise<Result<{ readonly picture: string }, Refusal<'NO_LINE' | 'PAGE_UNKNOWN'> | StorageRefusal>>;

/** Each look is an entry here, and a row with the reason there; the picture is kept nowhere (OPOP-Sync/1 10.8). */
export function createOpenPage(deps: {
  readonly link: Link;
  readonly hasLine: () => boolean;
  readonly journal: Journal;
}): OpenPage {
  return async (signIn, { documentId, reason }) => {
    if (!deps.hasLine()) return err({ code: 'NO_LINE', details: { reason: 'NO_CONTACT' } });
    const opened = await deps.link.call({
      method: 'POST',
      path: '/v1/documents/open?form=text',
      body: { documentId, officerId: signIn.officerId, reason },
      schema: openedDocumentSchema,
      timeoutMs: OPENING_MS,
      signal: new AbortController().signal,
    });
    if (!opened.ok) {
      const { fault, detail } = opened.error;
      return err(fault === 'refused' ? { code: 'PAGE_UNKNOWN' } : { code: 'NO_LINE', details: { reason: detail } });
    }
    const noted = await deps.journal.record(async (_tx, append) => {
      append({
        type: 'document.viewed',
        stream: signIn.stream,
        officerId: signIn.officerId,
        cashSessionId: null,
        body: { documentId },
      });
      return ok(undefined);
    });
    return noted.ok ? ok({ picture: `data:image/jpeg;base64,${opened.value.picture}` }) : noted;
  };
}
