import type { ReleaseItem } from '../../../contract/feeds.ts';
import { prepared } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** What the province says of one version of the program; the last word counts. */
export async function putRelease(tx: WriteTx, release: ReleaseItem): Promise<void> {
  const row = { sells_until: release.sellsUntil, upgrade_to: release.upgradeTo, notes: release.notes };
  await tx
    .insertInto('program_release')
    .values({ app_version: release.appVersion, ...row })
    .onConflict((conflict) => conflict.column('app_version').doUpdateSet(row))
    .execute();
}

const selectRelease = prepared<{ appVersion: string }>()((from, of) =>
  from.selectFrom('program_release').selectAll().where('app_version', '=', of('appVersion')),
);

/** Undefined while the province has said nothing of this version. */
export async function findRelease(tx: ReadTx, appVersion: string): Promise<ReleaseItem | undefined> {
  const [row] = selectRelease(tx, { appVersion });
  if (row === undefined) return undefined;
  return { appVersion, sellsUntil: row.sells_until, upgradeTo: row.upgrade_to, notes: row.notes };
}
