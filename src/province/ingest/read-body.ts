import {
  type EntryBody,
  type EntryEnvelope,
  type EntryType,
  entryBodySchemas,
  entryEnvelopeSchema,
} from '../../contract/journal-entry.ts';
import { saleLedgerLines } from '../../domain/ledger-lines.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Rupiah, sumRupiah } from '../../domain/rupiah.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { sha256 } from '../crypto/hashing.ts';
import { caseAddsUp } from './case-amounts.ts';
import { paidTwiceAddsUp, providerSaleAddsUp } from './payment-amounts.ts';
import { drawerAddsUp } from './drawer-amounts.ts';
import type { ReadBody } from './typed-body.ts';

export type BodyProblem = 'UNKNOWN_TYPE' | 'BAD_BODY' | 'IMPOSSIBLE_AMOUNT';

type Line = { readonly account: string; readonly amount: Rupiah };

function isEntryType(type: string): type is EntryType {
  return Object.hasOwn(entryBodySchemas, type);
}

/** The lines of an entry whatever its type; none where the body carries none. */
export function ledgerLinesOf(read: ReadBody): readonly Line[] {
  return 'ledgerLines' in read.body ? read.body.ledgerLines : [];
}

const inOrder = (lines: readonly Line[]): string =>
  lines
    .map(({ account, amount }) => `${account}=${amount}`)
    .sort()
    .join(' ');

/** Sums, change, rounding and every ledger line of a sale follow from its charges; nothing else is a sale. */
function saleAddsUp(body: EntryBody<'transaction.paid'>): boolean {
  const { lines, total, rounding, payable, tendered, change, agentFee, periods, paidBy } = body;
  const inPeriods = lines.every((line) => periods.includes(line.periodDueOn));
  const sums =
    sumRupiah(lines.map((line) => line.amount)) === total &&
    total + agentFee === payable + rounding &&
    tendered - change === payable;
  if (!inPeriods || !sums || !providerSaleAddsUp(body)) return false;
  const amounts = { charges: lines, agentFee, payable, rounding, means: paidBy?.means };
  return inOrder(saleLedgerLines(amounts)) === inOrder(body.ledgerLines);
}

/** The cash that goes back is the cash that leaves the drawer. */
function voidAddsUp({ returned, ledgerLines }: EntryBody<'transaction.voided'>): boolean {
  const drawer = ledgerLines.filter(({ account }) => account === 'cash-drawer').map(({ amount }) => amount);
  return sumRupiah(drawer) === -returned;
}

function addsUp(read: ReadBody): boolean {
  if (sumRupiah(ledgerLinesOf(read).map((line) => line.amount)) !== 0) return false;
  if (!caseAddsUp(read) || !drawerAddsUp(read)) return false;
  if (read.type === 'payment.paid-twice') return paidTwiceAddsUp(read.body);
  if (read.type === 'transaction.voided') return voidAddsUp(read.body);
  return read.type !== 'transaction.paid' || saleAddsUp(read.body);
}

/** "Unknown fields are ignored unless named in `mustUnderstand`" (OPOP-Sync/1 11.2): each name must be a field that we read. */
function understands(type: EntryType, names: readonly string[]): boolean {
  return names.every(
    (name) => Object.hasOwn(entryEnvelopeSchema.shape, name) || Object.hasOwn(entryBodySchemas[type].shape, name),
  );
}

/** Reads a body by the type that its envelope names, and checks that its money is possible. */
export function readBody(envelope: EntryEnvelope): Result<ReadBody, BodyProblem> {
  const { type, body } = envelope;
  if (!isEntryType(type) || !understands(type, envelope.mustUnderstand ?? [])) return err('UNKNOWN_TYPE');
  if (sha256(canonicalJson(body)) !== envelope.bodyHash) return err('BAD_BODY');
  const parsed = entryBodySchemas[type].safeParse(body);
  if (!parsed.success) return err('BAD_BODY');
  const found: { readonly type: EntryType; readonly body: unknown } = { type, body: parsed.data };
  const read = found as ReadBody; // the schema of this very type accepted it, which the compiler cannot follow through the table
  return addsUp(read) ? ok(read) : err('IMPOSSIBLE_AMOUNT');
}
