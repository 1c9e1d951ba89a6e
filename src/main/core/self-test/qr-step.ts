import type { RandomPort } from '../ports.ts';
import { qrPaper } from '../printing/receipt-document.ts';
import { receiptPdf } from '../printing/receipt-pdf.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step, type Stopwatch } from './step.ts';

/** As long as the proof on a receipt. */
const PROOF_BYTES = 330;

type Parts = {
  readonly random: RandomPort;
  /** Texts of the codes on the first page of a PDF, read as a photograph of it would be; undefined where it gives no page. */
  readonly readCodes: (pdf: Uint8Array) => Promise<readonly string[] | undefined>;
  readonly monoMs: Stopwatch;
};

/** Draws a receipt with a proof of full length and reads its QR back by the program that reads citizens' papers. */
export function qrStep({ random, readCodes, monoMs }: Parts): Step {
  return async () => {
    const payload = `https://opop.example/t#${Buffer.from(random.bytes(PROOF_BYTES)).toString('base64url')}`;
    const startedAt = monoMs();
    const codes = await readCodes(await receiptPdf(qrPaper(payload), 'A5'));
    const tookMs = Math.round(monoMs() - startedAt);
    const isRead = codes?.includes(payload) ?? false;
    const message = isRead ? say('qrRead', tookMs) : say('qrWrong');
    return found(isRead, message, { characters: payload.length, codes: codes?.length ?? null, tookMs });
  };
}
