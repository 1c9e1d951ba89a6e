import { signedTextSchema } from '../../../contract/primitives.ts';
import { billSchema, SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import { verify } from '../journal/signing.ts';
import { findSigningKey, readProvinceKeys } from '../rules/rules-store.ts';
import type { Inquirer } from '../transactions/bill-desk.ts';
import type { Link } from './link.ts';
import { parseJson } from './parse-json.ts';

/** "With a line the counter MUST ask before cash is taken (2 s)" (OPOP-Sync/1 9.1). */
const INQUIRY_LIMIT_MS = 2_000;

/** Asks for a bill and believes it only when the province's key signed it for this very question. */
export function createInquirer(deps: {
  readonly db: Db;
  readonly link: () => Link | null;
  readonly hasLine: () => boolean;
  /** Told when the limit passed without an answer: the line is not what it seemed. */
  readonly onSilence: () => void;
}): Inquirer {
  return {
    hasLine: deps.hasLine,
    ask: async (request) => {
      const link = deps.link();
      if (link === null || !link.isOpen()) return { noBill: 'NO_LINE' };
      const answer = await link.call({
        method: 'POST',
        path: '/v1/inquiry',
        body: request,
        schema: signedTextSchema,
        timeoutMs: INQUIRY_LIMIT_MS,
        signal: new AbortController().signal,
      });
      if (!answer.ok) {
        if (answer.error.fault === 'no-line') deps.onSilence();
        return { noBill: answer.error.detail };
      }
      const signed = answer.value;
      const keys = await deps.db.read((tx) => readProvinceKeys(tx));
      const bill = billSchema.safeParse(parseJson(signed.text));
      const key = findSigningKey(keys, signed.keyId, bill.success ? bill.data.issuedAt : null);
      if (key === undefined || !verify(SIGNATURE_CONTEXT.bill, signed.text, signed.sig, key.publicKey)) {
        return { noBill: 'BILL_SIGNATURE' };
      }
      if (!bill.success || bill.data.inquiryId !== request.inquiryId || bill.data.nrkb !== request.nrkb) {
        return { noBill: 'BILL_SHAPE' };
      }
      // A bill whose lines do not add up is no bill.
      const sum = bill.data.lines.reduce((total, line) => total + line.amount, 0);
      return sum === bill.data.total ? { bill: bill.data } : { noBill: 'BILL_SUM' };
    },
  };
}
