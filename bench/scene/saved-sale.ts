import type { LocalDate } from '../../src/domain/local-date.ts';
import { ok } from '../../src/domain/result.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { ColumnCipher } from '../../src/main/core/device/column-cipher.ts';
import type { StoredEntry } from '../../src/main/core/journal/journal.ts';
import { nrkbIndex } from '../../src/main/core/registry/registry-store.ts';
import { insertSale } from '../../src/main/core/transactions/sale-store.ts';
import { valueOf } from '../../tests/support/opened-database.ts';
import { type saleDraft, TEST_OFFICER, type TestJournal } from '../../tests/support/test-journal.ts';

const DAY = '2026-11-18' as LocalDate; // a real calendar day
export const CASH_SESSION = '0192f000-0000-7000-8000-00000000c001';
const TOTAL = rupiah(565_750);

const VEHICLE = {
  nrkb: 'AG 1234 XY',
  plateColour: 'white',
  make: 'HONDA',
  model: 'BEAT DELUXE CBS ISS',
  yearMade: 2023,
  maskedOwner: 'C***** N*** P******',
} as const;

/**
 * A sale as the counter saves it: entry, signature, twelve ledger lines, what the triggers add (its place in the outbox,
 * the drawer's balance), the row of the sale with its sealed vehicle, one FULL commit; no marks.
 */
export async function saveSale(
  test: TestJournal,
  cipher: ColumnCipher,
  drafts: ReturnType<typeof saleDraft>[],
): Promise<StoredEntry> {
  const draft = drafts.pop();
  if (draft === undefined) throw new Error('a draft for every sale was made before');
  return valueOf(
    await test.journal.record(async (tx, append) => {
      const entry = append(draft);
      await insertSale(tx, cipher, {
        transactionId: entry.stream,
        epochN: entry.epoch.n,
        epochNonce: entry.epoch.nonce,
        seq: entry.seq,
        entryHash: entry.hash,
        receiptNumber: `3506-017-01-1ABC-${String(entry.seq).padStart(6, '0')}-K7`,
        // One vehicle is sold once: each sale here is of another.
        nrkbIndex: nrkbIndex(cipher, `${VEHICLE.nrkb}${String(entry.seq)}`),
        paidAt: entry.wallMs,
        paidOn: DAY,
        periodUntil: DAY,
        cashSessionId: CASH_SESSION,
        officerId: TEST_OFFICER,
        officerName: 'Siti Aminah',
        total: TOTAL,
        payable: TOTAL,
        means: 'cash',
        vehicle: VEHICLE,
      });
      return ok(entry);
    }),
  );
}
