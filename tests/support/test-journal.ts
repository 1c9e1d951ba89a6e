import { join } from 'node:path';
import type { EntryBody } from '../../src/contract/journal-entry.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import type { Db } from '../../src/main/core/db/open.ts';
import { createSecrets, type DeviceSecrets } from '../../src/main/core/device/key-store.ts';
import { createTimekeeper, type Timekeeper } from '../../src/main/core/device/timekeeper.ts';
import { uuidV7 } from '../../src/main/core/device/uuid.ts';
import { createJournal, type EntryDraft, type Journal } from '../../src/main/core/journal/journal.ts';
import { countEntries } from '../../src/main/core/journal/journal-store.ts';
import { createMarks, type Marks } from '../../src/main/core/journal/mark.ts';
import { createSubjectKeys, type SubjectKeys } from '../../src/main/core/journal/subject-keys.ts';
import type { RandomPort } from '../../src/main/core/ports.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { openIn } from './opened-database.ts';
import { createRecordingLog } from './recording-log.ts';
import { createSeededRandom } from './seeded-random.ts';

/** A real journal over a real database; only clock, chance and log are the test's. */
export type TestJournal = {
  readonly db: Db;
  readonly journal: Journal;
  readonly marks: Marks;
  readonly secrets: DeviceSecrets;
  readonly deviceId: string;
  readonly clock: FakeClock;
  readonly timekeeper: Timekeeper;
  readonly random: RandomPort;
  readonly subjectKeys: SubjectKeys;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly published: readonly string[];
  readonly newId: () => string;
};

export const TEST_DEVICE_ID = '0192f000-0000-7000-8000-00000000d001';
export const TEST_OFFICER = 'siti-aminah';

/** `seed` makes the device, `chance` what it draws while it works. `folder` holds the database and the first mark; the second mark lies in `folder/second`. */
export async function openTestJournal(
  folder: string,
  { seed = 1, chance = 'a', db, marks: given }: { seed?: number; chance?: string; db?: Db; marks?: Marks } = {},
): Promise<TestJournal> {
  // The device's keys come from the seed alone, so that a reopened journal is the same device.
  const secrets = createSecrets(createSeededRandom(`device-${seed}`));
  const clock = createFakeClock();
  const log = createRecordingLog();
  const published: string[] = [];
  const opened = db ?? (await openIn(folder));
  // A restarted counter draws other numbers than before, as a real one does.
  const random = createSeededRandom(`work-${seed}-${chance}-${await opened.read(countEntries)}`);
  const marks =
    given ??
    createMarks({
      dataDir: folder,
      secondMarkDir: join(folder, 'second'),
      deviceId: TEST_DEVICE_ID,
      secrets,
      log,
    });
  const timekeeper = createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 });
  const journal = createJournal({
    db: opened,
    secrets,
    device: {
      deviceId: TEST_DEVICE_ID,
      outletId: '3506-017',
      keyStoreKind: 'demo',
      appVersion: '0.1.0',
      training: false,
    },
    timekeeper,
    marks,
    random,
    events: { publish: (topic) => published.push(topic) },
    log,
  });
  return {
    db: opened,
    journal,
    marks,
    secrets,
    deviceId: TEST_DEVICE_ID,
    clock,
    timekeeper,
    random,
    subjectKeys: createSubjectKeys(secrets, random),
    log,
    published,
    newId: () => uuidV7(clock.wallMs(), random.bytes(16)),
  };
}

/** A small entry without money. */
export function signedInDraft(stream: string): EntryDraft<'officer.signed-in'> {
  return { type: 'officer.signed-in', stream, officerId: TEST_OFFICER, cashSessionId: null, body: { role: 'officer' } };
}

/** A cash session that opens with a float: two ledger lines. */
export function sessionOpenedDraft(cashSessionId: string, total: number): EntryDraft<'cash-session.opened'> {
  return {
    type: 'cash-session.opened',
    stream: cashSessionId,
    officerId: TEST_OFFICER,
    cashSessionId,
    body: {
      float: [{ denomination: 1000, count: total / 1000 }],
      total: rupiah(total),
      ledgerLines: [
        { account: 'cash-drawer', amount: rupiah(total) },
        { account: 'float', amount: rupiah(-total) },
      ],
    },
  };
}

const LINE_AMOUNTS = [250_000, 12_500, 165_000, 8250, 35_000, 20_000, 25_000, 25_000, 12_000, 8000, 5000] as const;

/** A sale with twelve ledger lines, as a motorcycle with arrears has them. */
export function saleDraft(
  test: Pick<TestJournal, 'newId' | 'subjectKeys'>,
  cashSessionId: string | null,
): EntryDraft<'transaction.paid'> {
  const transactionId = test.newId();
  const total = LINE_AMOUNTS.reduce<number>((sum, amount) => sum + amount, 0);
  const day = '2026-11-18' as LocalDate; // a real calendar day
  const { sealed } = test.subjectKeys.sealPersonal(transactionId, {
    nrkb: 'AG 1234 XY',
    ownerName: 'Contoh Nama Pemilik',
    chassisNumber: 'MH1JBC112AK123456',
    payerName: 'Contoh Pembayar',
    payerPhone: '081200000000',
    receiptSig: 'A'.repeat(86),
  });
  const body: EntryBody<'transaction.paid'> = {
    transactionId,
    service: 'annual-tax',
    receiptNumber: '3506-017-01-1ABC-000123-K7',
    paidOn: day,
    arrivedOn: null,
    arrivalId: null,
    groups: [],
    figure: 'perkiraan',
    inquiryId: null,
    regency: '3506',
    periods: [day],
    lines: LINE_AMOUNTS.map((amount) => ({
      component: 'pkb' as const,
      periodDueOn: day,
      beneficiary: { kind: 'province' as const },
      amount: rupiah(amount),
      waived: rupiah(0),
      rule: 'jatim-2026/pkbRates/0',
      basis: 'Perda Jatim 8/2023',
    })),
    total: rupiah(total),
    rounding: rupiah(0),
    payable: rupiah(total),
    tendered: rupiah(600_000),
    change: rupiah(600_000 - total),
    agentFee: rupiah(0),
    documents: [{ kind: 'stnk', present: true }],
    payerIsOwner: true,
    blankReason: null,
    ledgerLines: [
      { account: 'cash-drawer', amount: rupiah(total) },
      ...LINE_AMOUNTS.map((amount, index) => ({ account: `regency:35${10 + index}`, amount: rupiah(-amount) })),
    ],
    sealed,
  };
  return { type: 'transaction.paid', stream: transactionId, officerId: TEST_OFFICER, cashSessionId, body };
}
