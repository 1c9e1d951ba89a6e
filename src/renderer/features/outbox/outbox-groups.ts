import type { OutboxRow } from '../../../contract/views-counter.ts';
import type { OutputFor } from '../../app/client.ts';

type Sent = OutputFor<'outbox.send-now'>;

/** What stands in which part of the Kotak Kirim. */
export type OutboxGroups = Readonly<{
  /** What a person must look at; shown apart, whatever else is asked for. */
  quarantined: readonly OutboxRow[];
  money: readonly OutboxRow[];
}>;

/**
 * Entries of the log travel along and count in no limit: they show only when all is asked for, or when one of them needs
 * a person. What waits as money is then exactly what the status bar counts.
 */
export function groupRows(rows: readonly OutboxRow[], show: 'unsent' | 'all'): OutboxGroups {
  return {
    quarantined: rows.filter((row) => row.state === 'quarantined'),
    money: rows.filter((row) => row.state !== 'quarantined' && (row.lane === 'money' || show === 'all')),
  };
}

/** One line of what became of an item; `count` entries of the log that had the same end are one line. */
export type SentLine = Readonly<{ key: string; row: OutboxRow | undefined; count: number; verdict: string }>;

/** The answer of *Kirim sekarang*, item by item for money, summed up for the log; `before`: the rows that waited. */
export function sentLines(sent: Sent, before: readonly OutboxRow[]): readonly SentLine[] {
  const known = new Map(before.map((row) => [row.seq, row]));
  const money: SentLine[] = [];
  const others = new Map<string, number>();
  for (const { seq, verdict } of sent.items) {
    const row = known.get(seq);
    if (row === undefined || row.lane === 'audit') others.set(verdict, (others.get(verdict) ?? 0) + 1);
    else money.push({ key: String(seq), row, count: 1, verdict });
  }
  return [...money, ...[...others].map(([verdict, count]) => ({ key: verdict, row: undefined, count, verdict }))];
}

/** How far a sending has come, 0 to 100: what is gone of what waited when it began. */
export function progressOf(began: number, unsent: number): number {
  return began <= 0 ? 100 : Math.round((Math.max(0, began - unsent) / began) * 100);
}
