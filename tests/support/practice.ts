import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SignedCertificate, signedCertificateSchema } from '../../src/contract/receipt-statement.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import type { TestCounter } from './test-counter.ts';
import { TEST_PRINTERS } from './test-printer.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The PIN of everybody in a training. */
export const PRACTICE_PIN = '123456';

/** What makes a test counter a training; its second copy goes to a medium of its own. */
export const practiceConfig = (folder = temporaryFolder()) =>
  ({ mode: 'training', resourceDir: 'resources', firstMirrorDir: join(folder, 'stick') }) as const;

/** An officer signs in, names two printers and opens the drawer. */
export async function openPractice(counter: TestCounter): Promise<void> {
  await counter.get('sign-in.begin', { officerId: 'latihan-1', pin: PRACTICE_PIN });
  await counter.get('printing.set-printers', { printers: [...TEST_PRINTERS] });
  await counter.get('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
}

/** The whole main job with a plate of the training. */
export async function sellInPractice(counter: TestCounter, nrkb: string, chassisTail: string) {
  const [found] = await counter.get('vehicles.find', { text: nrkb });
  const { transactionId } = await counter.get('transactions.begin', { vehicleId: found?.vehicleId ?? '' });
  const { documents } = await counter.get('transactions.confirm', { transactionId, chassisTail });
  const present = documents.map(({ kind }) => ({ kind, present: true }));
  await counter.get('transactions.set-documents', { transactionId, documents: present });
  const payer = { name: 'Budi', phone: '081234567890', blankReason: null, isOwner: true };
  const draft = await counter.get('transactions.set-payer', { transactionId, ...payer });
  const payable = draft.amount?.payable ?? 0;
  return await counter.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
}

/** The entries of a counter as they would travel. */
export const signedEntriesOf = (counter: TestCounter): readonly SignedEntry[] =>
  counter
    .rows('SELECT text, hash, sig FROM entry ORDER BY seq')
    .map(({ text, hash, sig }) => ({ text: String(text), hash: String(hash), sig: String(sig) }));

export const certificateOf = (counter: TestCounter): SignedCertificate =>
  signedCertificateSchema.parse(JSON.parse(String(counter.rows('SELECT certificate FROM device')[0]?.['certificate'])));

/** Texts of the codes on the papers so far. */
export const codesOn = (counter: TestCounter): readonly string[] =>
  counter.printers.papers.flatMap(({ document }) =>
    document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])),
  );

/** A file, as a disk gives it. */
export async function* wholeFile(file: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(file);
}
