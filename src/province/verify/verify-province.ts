import type { ProvinceContext } from '../province-context.ts';
import { ProblemList, type StoredProblem } from './problem-list.ts';
import { verifyBookings } from './verify-bookings.ts';
import { verifyCases } from './verify-cases.ts';
import { verifyDays } from './verify-days.ts';
import { verifyDocuments } from './verify-documents.ts';
import { verifyEntries } from './verify-entries.ts';
import { verifyFeeds } from './verify-feeds.ts';

export type VerifyReport = {
  readonly ok: boolean;
  readonly devices: number;
  readonly entries: number;
  readonly sales: number;
  readonly decisions: number;
  readonly bookings: number;
  readonly pages: number;
  /** Pages of papers that somebody could be shown. */
  readonly documents: number;
  readonly problemCount: number;
  readonly problems: readonly StoredProblem[];
};

/** Looks at everything stored as a stranger would; reads only. `batch` is for a test that has few rows. */
export async function verifyProvince(
  { db, keys, pages: room }: ProvinceContext,
  batch?: number,
): Promise<VerifyReport> {
  const problems = new ProblemList();
  const entries = await verifyEntries(db, keys.root.publicKey, problems);
  const bookings = await verifyBookings(db, keys, problems, batch);
  await verifyCases(db, problems);
  await verifyDays(db, problems);
  const pages = await verifyFeeds(db, keys, problems, batch);
  const documents = await verifyDocuments(db, room.store, problems);
  return {
    ok: problems.count === 0,
    ...entries,
    ...bookings,
    pages,
    documents,
    problemCount: problems.count,
    problems: problems.listed,
  };
}
