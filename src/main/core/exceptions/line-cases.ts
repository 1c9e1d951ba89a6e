import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { DAMAGED, findDelivery, outboxFigures, readQuarantined } from '../sync/delivery-store.ts';
import { findProvinceWord } from '../sync/province-word.ts';
import { findEndedAside } from '../sync/second-word-store.ts';
import { countUnsentUpTo, findOldestUnsentMoney } from '../sync/unsent-store.ts';
import { findSaleAt } from '../transactions/sale-store.ts';
import { blank, guided } from './case-row.ts';

const MS_PER_HOUR = 3_600_000;

function kindOf(verdict: string | null): 'forked' | 'damaged-entry' | 'quarantined' {
  // Two contents at one place: the chain itself is in doubt.
  if (verdict?.endsWith('FORK') === true) return 'forked';
  return verdict === DAMAGED ? 'damaged-entry' : 'quarantined';
}

async function caseOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  { seq, openedAt, verdict }: { readonly seq: number; readonly openedAt: number; readonly verdict: string | null },
): Promise<ExceptionCaseView> {
  const kind = kindOf(verdict);
  return {
    ...blank(await findSaleAt(tx, cipher, seq)),
    caseId: `entry-${String(seq)}`,
    kind,
    openedAt,
    reason: verdict,
    // Its bytes are in custody: nothing is left to send.
    seen: kind === 'damaged-entry' ? ['send-again'] : [],
    ...guided(kind),
  };
}

/** Entries that the province stored and did not apply, each with why. */
export async function quarantineCases(tx: ReadTx, cipher: ColumnCipher, limit: number): Promise<ExceptionCaseView[]> {
  const cases: ExceptionCaseView[] = [];
  for (const { seq, settledAt, recordedAt, verdict } of await readQuarantined(tx, limit)) {
    cases.push(await caseOf(tx, cipher, { seq, openedAt: settledAt ?? recordedAt, verdict }));
  }
  return cases;
}

const ENTRY_CASE = /^entry-(\d{1,15})$/;

/** The case of an entry that was set aside and is not any more, with how that ended; undefined for every other case. */
export async function endedCase(
  tx: ReadTx,
  cipher: ColumnCipher,
  caseId: string,
): Promise<ExceptionCaseView | undefined> {
  const seq = Number(ENTRY_CASE.exec(caseId)?.[1] ?? 0);
  const delivery = seq === 0 ? undefined : await findDelivery(tx, seq);
  const aside = delivery === undefined ? undefined : (await findEndedAside(tx, [delivery])).get(seq);
  if (aside === undefined) return undefined;
  return { ...(await caseOf(tx, cipher, { seq, openedAt: aside.from, verdict: aside.verdict })), aside };
}

/** Money that has waited longer than a person should not know it; `reason` is how many entries wait. */
async function ofLineFault(tx: ReadTx, nowMs: number): Promise<ExceptionCaseView[]> {
  const oldest = await findOldestUnsentMoney(tx);
  if (oldest === undefined) return [];
  const { lineFaultShownAfterHours } = await readPolicy(tx);
  const openedAt = oldest.recordedAt + lineFaultShownAfterHours * MS_PER_HOUR;
  if (nowMs < openedAt) return [];
  const { unsentMoney } = await outboxFigures(tx);
  const caseId = `line-${String(oldest.seq)}`;
  const kind = 'line-fault' as const;
  return [{ ...blank(undefined), caseId, kind, openedAt, reason: String(unsentMoney), ...guided(kind) }];
}

/**
 * The province came back from an older backup: while it serves no feed, a person there has to declare the restore; what it
 * lost is pushed again by itself. `reason` is how many entries that still are.
 */
async function ofRollback(tx: ReadTx): Promise<ExceptionCaseView[]> {
  const { feedsFrozenSince, rolledBack } = await findProvinceWord(tx);
  const again = rolledBack === null ? 0 : await countUnsentUpTo(tx, rolledBack.seq);
  if (feedsFrozenSince === null && again === 0) return [];
  const isOurs = rolledBack !== null && (again > 0 || rolledBack.atMs >= (feedsFrozenSince ?? 0));
  const kind = 'server-rollback' as const;
  return [
    {
      ...blank(undefined),
      caseId: `rollback-${String(isOurs ? rolledBack.seq : feedsFrozenSince)}`,
      kind,
      openedAt: isOurs ? rolledBack.atMs : (feedsFrozenSince ?? 0),
      reason: String(again),
      seen: feedsFrozenSince === null ? ['wait-for-province'] : [],
      ...guided(kind),
    },
  ];
}

/** What the line and the other side of it report; at most one of each. */
export async function lineCases(tx: ReadTx, nowMs: number): Promise<ExceptionCaseView[]> {
  return [...(await ofRollback(tx)), ...(await ofLineFault(tx, nowMs))];
}
