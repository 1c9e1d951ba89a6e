import { z } from 'zod';
import { signedCertificateSchema, CERTIFICATE_CONTEXT } from '../../contract/receipt-statement.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { hashVerifier, verifyText } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { proveEntry } from '../ingest/verify-entry.ts';
import { ledgerLinesOf, readBody } from '../ingest/read-body.ts';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import { unchained } from './chain-check.ts';
import { checkWaiting } from './waiting-check.ts';
import type { ProblemList } from './problem-list.ts';

/** Entries read at a time: memory stays bounded whatever the size of the journal. */
const BATCH = 1000;

type Device = { readonly deviceId: string; readonly keyId: string; readonly signingKey: string };
type Row = Awaited<ReturnType<typeof readBatch>>[number];

/** `standing` is the verdict that counts: the entry's own, or the one that an upgraded province gave it. */
function readBatch(db: Db, deviceId: string, after: { seq: number; hash: string }) {
  return db
    .selectFrom('entry')
    .leftJoin('reverdict', (join) =>
      join
        .onRef('reverdict.device_id', '=', 'entry.device_id')
        .onRef('reverdict.hash', '=', 'entry.hash')
        .on('reverdict.verdict', 'in', ['ACCEPTED', 'CONFLICT']),
    )
    .selectAll('entry')
    .select((eb) => eb.fn.coalesce('reverdict.verdict', 'entry.verdict').as('standing'))
    .where('entry.device_id', '=', deviceId)
    .where((eb) => eb(eb.refTuple('entry.seq', 'entry.hash'), '>', eb.tuple(after.seq, after.hash)))
    .orderBy('entry.seq')
    .orderBy('entry.hash')
    .limit(BATCH)
    .execute();
}

const whereOf = (row: Row): string => `${row.device_id}/${row.epoch_n}/${row.seq}`;

/** Columns repeat the envelope so that they can be searched; they may not differ from it. */
function columnsFit(row: Row, envelope: EntryEnvelope): boolean {
  return (
    row.device_id === envelope.deviceId &&
    row.epoch_n === envelope.epoch.n &&
    row.epoch_nonce === envelope.epoch.nonce &&
    row.seq === envelope.seq &&
    row.prev === envelope.prev &&
    row.type === envelope.type &&
    row.stream === envelope.stream
  );
}

const lineKey = (lines: readonly { account: string; amount: number }[]): string =>
  lines.map(({ account, amount }) => `${account}=${amount}`).join(' ');

async function checkLedger(
  db: Db,
  rows: readonly (readonly [Row, EntryEnvelope])[],
  problems: ProblemList,
): Promise<void> {
  const accepted = rows.filter(([row]) => row.standing === 'ACCEPTED');
  const [first, last] = [accepted[0]?.[0], accepted.at(-1)?.[0]];
  if (first === undefined || last === undefined) return;
  const stored = await db
    .selectFrom('ledger_line')
    .selectAll()
    .where('device_id', '=', first.device_id)
    .where('seq', '>=', first.seq)
    .where('seq', '<=', last.seq)
    .orderBy('line_no')
    .execute();
  for (const [row, envelope] of accepted) {
    const read = readBody(envelope);
    const expected = read.ok ? lineKey(ledgerLinesOf(read.value)) : null;
    const own = stored.filter((line) => line.seq === row.seq && line.epoch_nonce === row.epoch_nonce);
    if (expected !== lineKey(own)) problems.add('LEDGER_LINES', whereOf(row));
  }
}

async function checkBatch(db: Db, device: Device, rows: readonly Row[], problems: ProblemList): Promise<void> {
  const readable: (readonly [Row, EntryEnvelope])[] = [];
  const verifies = hashVerifier(device.signingKey);
  for (const row of rows) {
    const proof = proveEntry({ text: row.text, hash: row.hash, sig: row.sig }, device, verifies);
    if (proof.proof === 'genuine') {
      readable.push([row, proof.envelope]);
      if (!columnsFit(row, proof.envelope)) problems.add('ENTRY_ENVELOPE', whereOf(row));
    } else {
      problems.add(proof.proof === 'unreadable' ? 'ENTRY_ENVELOPE' : 'ENTRY_SIGNATURE', whereOf(row));
    }
  }
  for (const [row] of await unchained(db, readable)) problems.add('ENTRY_CHAIN', whereOf(row));
  await checkLedger(db, readable, problems);
}

function checkCertificate(rootKey: string, certificate: unknown, device: Device, problems: ProblemList): void {
  const parsed = signedCertificateSchema.safeParse(certificate);
  const fits =
    parsed.success &&
    parsed.data.certificate.deviceId === device.deviceId &&
    parsed.data.certificate.signingKey === device.signingKey &&
    verifyText(rootKey, CERTIFICATE_CONTEXT, canonicalJson(parsed.data.certificate), parsed.data.sig);
  if (!fits) problems.add('CERTIFICATE', device.deviceId);
}

const sumSchema = z.array(z.object({ device_id: z.string(), sum: z.coerce.number() }));

/** Every certificate, every entry with its hash, signature, chain and ledger lines, and the sums per device. */
export async function verifyEntries(
  db: Db,
  rootKey: string,
  problems: ProblemList,
): Promise<{ readonly devices: number; readonly entries: number }> {
  const devices = await db.selectFrom('device').select(['device_id', 'key_id', 'signing_key', 'certificate']).execute();
  let entries = 0;
  for (const row of devices) {
    const device = { deviceId: row.device_id, keyId: row.key_id, signingKey: row.signing_key };
    checkCertificate(rootKey, row.certificate, device, problems);
    for (let after = { seq: 0, hash: '' }; ; ) {
      const rows = await readBatch(db, device.deviceId, after);
      const last = rows.at(-1);
      if (last === undefined) break;
      entries += rows.length;
      await checkBatch(db, device, rows, problems);
      after = { seq: last.seq, hash: last.hash };
    }
    await checkWaiting(db, device, problems);
  }
  const sums = await db
    .selectFrom('ledger_line')
    .select((eb) => ['device_id', eb.fn.sum('amount').as('sum')])
    .groupBy('device_id')
    .execute();
  for (const { device_id, sum } of sumSchema.parse(sums)) if (sum !== 0) problems.add('LEDGER_SUM', device_id);
  return { devices: devices.length, entries };
}
