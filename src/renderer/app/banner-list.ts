import type { StatusView } from '../../contract/views-counter.ts';
import type { MirrorView } from '../../contract/views-custody.ts';
import type { PageSpace } from '../../contract/views-documents.ts';
import type { LimitView } from '../../contract/views-roads.ts';
import { clockSentences, limitSentences, noticeSentences } from '../text/banner-text.ts';
import { backupSentences } from '../text/custody-text.ts';
import type { ErrorSentences } from '../text/error-facts.ts';
import { errorSentences } from '../text/error-text.ts';

/** What the officer can do about a banner with one key or press. */
export type BannerAction = 'acknowledge' | 'outbox' | 'cash' | 'device';

/** Something that the counter must say on every screen. */
export type Banner = Readonly<{
  id: string;
  /** `stop`: new sales are refused; `warn`: they will be, or a person is needed; `info`: good to know. */
  tone: 'stop' | 'warn' | 'info';
  sentences: ErrorSentences;
  action: BannerAction | undefined;
}>;

/** "From 25 % remaining on" a limit is seen coming. */
const COMING_SHARE = 0.25;
const MS_PER_DAY = 86_400_000;

/** What is left of a limit as a share of it; days count by the clock, so that the last day is not one step. */
export function shareLeft(limit: LimitView): number {
  if (limit.reached) return 0;
  if (limit.remainingMs !== null) return limit.remainingMs / ((limit.limit + 1) * MS_PER_DAY);
  return limit.remaining === null || limit.limit === 0 ? 0 : limit.remaining / limit.limit;
}

const LIMIT_ACTIONS: Readonly<Partial<Record<LimitView['cap'], BannerAction>>> = {
  'cash-in-drawer': 'cash',
  'unconfirmed-deposits': 'cash',
  'unconfirmed-deposit-days': 'cash',
  unsent: 'outbox',
  'days-without-contact': 'outbox',
  'rules-age': 'outbox',
  'registry-age': 'outbox',
};

function limitBanners(status: StatusView): readonly Banner[] {
  return status.limits
    .filter((limit) => limit.cap !== 'per-sale' && (limit.reached || shareLeft(limit) <= COMING_SHARE))
    .map((limit) => ({
      id: `limit-${limit.cap}`,
      tone: limit.reached ? 'stop' : 'warn',
      sentences: limitSentences(limit),
      action: LIMIT_ACTIONS[limit.cap],
    }));
}

const STOPPING: readonly string[] = ['CLONE', 'REENROL', 'STOP_SELLING', 'CERTIFICATE_ENDED', 'RELEASE_ENDED'];

function noticeBanners(status: StatusView, secondCopy: boolean): readonly Banner[] {
  return status.notices.map((notice) => ({
    id: `notice-${notice.code}-${String(notice.details['feed'] ?? '')}`,
    tone: STOPPING.includes(notice.code) ? 'stop' : notice.code === 'UPGRADE_SOON' ? 'info' : 'warn',
    sentences: noticeSentences(notice, secondCopy),
    action: notice.code === 'LINE_FAULT_LONG' || notice.code === 'PROTOCOL_UNSUPPORTED' ? 'outbox' : undefined,
  }));
}

const ORDER = { stop: 0, warn: 1, info: 2 } as const;

/** Room for pages: before it is full it is said, when it is full no page is taken; money is never stopped by it. */
function spaceBanners(space: PageSpace | undefined): readonly Banner[] {
  if (space === undefined || space.health === 'ok') return [];
  const tone = space.health === 'stop' ? 'warn' : 'info';
  return [{ id: 'pages-space', tone, sentences: errorSentences('PAGES_SPACE_LOW'), action: 'outbox' }];
}

/** A backup that needs a person; while its medium is away the second copy says so already. */
function backupBanners(mirror: MirrorView | undefined): readonly Banner[] {
  const sentences = mirror === undefined ? undefined : backupSentences(mirror.backup);
  if (mirror === undefined || sentences === undefined) return [];
  const isOld = mirror.backup.state === 'old';
  if (!isOld && mirror.state === 'missing') return [];
  return [{ id: 'backup', tone: isOld ? 'warn' : 'info', sentences, action: 'device' }];
}

/** Everything to be said now, the gravest first; what asks for a key before all else. */
export function bannersOf(
  status: StatusView,
  mirror: MirrorView | undefined,
  space: PageSpace | undefined,
): readonly Banner[] {
  const clock: readonly Banner[] = status.clock.needsAcknowledgement
    ? [{ id: 'clock', tone: 'stop', sentences: clockSentences(status.clock), action: 'acknowledge' }]
    : [];
  const missing: readonly Banner[] =
    mirror?.state === 'missing'
      ? [{ id: 'mirror', tone: 'warn', sentences: errorSentences('MIRROR_MISSING'), action: 'device' }]
      : [];
  const all = [
    ...noticeBanners(status, mirror?.state === 'ok'),
    ...missing,
    ...backupBanners(mirror),
    ...limitBanners(status),
    ...spaceBanners(space),
  ];
  return [...clock, ...all.toSorted((left, right) => ORDER[left.tone] - ORDER[right.tone])];
}
