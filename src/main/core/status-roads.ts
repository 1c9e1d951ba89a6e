import type { z } from 'zod';
import type { LimitView, LineNotice, upgradeViewSchema } from '../../contract/views-roads.ts';
import type { CapName } from '../../domain/delivery-policy.ts';
import { limitStates } from '../../domain/limits.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SellingStop } from '../../domain/transaction.ts';
import type { ReadTx } from './db/open.ts';
import { findRelease } from './rules/release-store.ts';
import { outboxFigures, readSyncState } from './sync/delivery-store.ts';
import { readFeedProblems } from './sync/feed-page-store.ts';
import { findProvinceWord } from './sync/province-word.ts';
import type { GatheredLimits } from './transactions/limit-facts.ts';

const MS_PER_HOUR = 3_600_000;

const CAP_NAMES: Readonly<Record<CapName, LimitView['cap']>> = {
  perSale: 'per-sale',
  drawerCash: 'cash-in-drawer',
  unconfirmedDeposits: 'unconfirmed-deposits',
  unconfirmedDepositBankDays: 'unconfirmed-deposit-days',
  unsent: 'unsent',
  daysSinceContact: 'days-without-contact',
  rulesAgeDays: 'rules-age',
  registryAgeDays: 'registry-age',
};

/** Every limit of the policy with its countdown. */
export function limitViews(
  policy: Policy & { readonly raised: readonly CapName[] },
  gathered: GatheredLimits,
  nowMs: number,
): LimitView[] {
  return limitStates(policy.caps, gathered.facts, gathered.dates, nowMs).map(({ cap, ...state }) => ({
    ...state,
    cap: CAP_NAMES[cap],
    raised: policy.raised.includes(cap),
  }));
}

type Upgrade = z.infer<typeof upgradeViewSchema>;

/** What the feed of releases says of this version; null while it says nothing that matters. */
export async function findUpgrade(tx: ReadTx, appVersion: string): Promise<Upgrade | null> {
  const release = await findRelease(tx, appVersion);
  if (release === undefined || (release.upgradeTo === null && release.sellsUntil === null)) return null;
  return { to: release.upgradeTo, notes: release.notes, sellsUntil: release.sellsUntil };
}

type Facts = {
  readonly appVersion: string;
  readonly nowMs: number;
  readonly sellingStop: SellingStop | null;
  readonly upgrade: Upgrade | null;
  readonly online: boolean;
  /** Hours of line faults after which a person is told; policy. */
  readonly faultShownAfterHours: number;
};

function versionNotices({ nowMs, upgrade }: Facts, isAsked: boolean): readonly LineNotice[] {
  const end = upgrade?.sellsUntil ?? null;
  const details = {
    ...(upgrade === null || upgrade.to === null ? {} : { to: upgrade.to }),
    ...(end === null ? {} : { sellsUntil: end }),
  };
  if (end !== null && nowMs > end) return [{ code: 'RELEASE_ENDED', sinceAt: end, details }];
  return isAsked || upgrade !== null ? [{ code: 'UPGRADE_SOON', sinceAt: null, details }] : [];
}

/** The line has been away for longer than a person should not know it, while something waits. */
async function longFault(tx: ReadTx, { nowMs, online, faultShownAfterHours }: Facts): Promise<readonly LineNotice[]> {
  const { lastContactAt } = await readSyncState(tx);
  if (online || lastContactAt === null || nowMs - lastContactAt < faultShownAfterHours * MS_PER_HOUR) return [];
  const { unsentMoney } = await outboxFigures(tx);
  return unsentMoney === 0
    ? []
    : [{ code: 'LINE_FAULT_LONG', sinceAt: lastContactAt, details: { unsent: unsentMoney } }];
}

/** What the line has to say to a person, the gravest first. */
export async function lineNotices(tx: ReadTx, facts: Facts): Promise<LineNotice[]> {
  const word = await findProvinceWord(tx);
  const since = (code: LineNotice['code'], sinceAt: number | null): readonly LineNotice[] =>
    sinceAt === null ? [] : [{ code, sinceAt, details: {} }];
  const problems = await readFeedProblems(tx);
  // The feed's word is newer than that of the last hello.
  const isAsked = word.action === 'UPGRADE_SOON' && (await findRelease(tx, facts.appVersion)) === undefined;
  return [
    ...(facts.sellingStop === null ? [] : [{ code: facts.sellingStop, sinceAt: null, details: {} }]),
    ...since('FEEDS_FROZEN', word.feedsFrozenSince),
    ...since('PROTOCOL_UNSUPPORTED', word.protocolUnsupportedSince),
    ...versionNotices(facts, isAsked),
    ...problems.map(
      ({ feed, reason, sinceAt }): LineNotice => ({ code: 'FEED_REFUSED', sinceAt, details: { feed, reason } }),
    ),
    ...(await longFault(tx, facts)),
  ];
}
