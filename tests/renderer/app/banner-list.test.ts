import { describe, expect, it } from 'vitest';
import type { StatusView } from '../../../src/contract/views-counter.ts';
import { statusViewSchema } from '../../../src/contract/views-counter.ts';
import type { MirrorView } from '../../../src/contract/views-custody.ts';
import type { LimitView, LineNotice } from '../../../src/contract/views-roads.ts';
import { lineNoticeSchema } from '../../../src/contract/views-roads.ts';
import { bannersOf, shareLeft } from '../../../src/renderer/app/banner-list.ts';
import { countdown, noticeSentences } from '../../../src/renderer/text/banner-text.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 10, 3);

const calm: StatusView = statusViewSchema.parse({
  appVersion: '0.1.0',
  mode: 'normal',
  enrolled: true,
  outlet: null,
  deviceNo: 1,
  line: {
    health: 'ok',
    online: true,
    since: NOW,
    lastContactAt: NOW,
    provinceUrl: null,
    doing: 'idle',
    nextTryAt: null,
    lastErrorCode: null,
  },
  outbox: { health: 'ok', unsent: 0, quarantined: 0, oldestAt: null },
  cash: {
    health: 'ok',
    undeposited: 0,
    cap: 10_000_000,
    rough: false,
    drawer: { amount: 0, limit: null },
    deposits: { amount: 0, limit: null, oldestOn: null },
    due: null,
  },
  rules: { health: 'ok', packId: null, issuedOn: null, ageDays: null, nextChangeOn: null, nextPackKnown: false },
  registry: { health: 'ok', dataOn: null, ageDays: null, vehicles: 0 },
  clock: { health: 'ok', now: NOW, today: '2026-03-10', trust: 'anchored', jumpMs: null, needsAcknowledgement: false },
  offlineCash: 'allowed',
  sellingStopped: [],
  limits: [],
  upgrade: null,
  notices: [],
  needsPerson: 0,
  unknownPrints: 0,
});

const mirror: MirrorView = {
  folder: '/media/stik',
  medium: 'removable',
  state: 'ok',
  reason: null,
  throughSeq: 1,
  uncovered: 0,
  unsent: 0,
  foreign: 0,
  strange: 0,
  lastWrittenAt: NOW,
  backup: { state: 'ok', lastAt: 1, entries: 1, bytes: 1, kept: 1, reason: null, making: false },
};

const limit = (change: Partial<LimitView>): LimitView => ({
  cap: 'days-without-contact',
  used: 0,
  limit: 7,
  remaining: 7,
  remainingMs: 8 * DAY,
  reached: false,
  raised: false,
  ...change,
});

const saying = (status: Partial<StatusView>, second = mirror): readonly string[] =>
  bannersOf({ ...calm, ...status }, second, undefined).map(({ sentences }) => sentences.what);

describe('the banners of the counter', () => {
  it('are none while all is well, and while the second copy is not asked for yet', () => {
    expect(bannersOf(calm, mirror, undefined)).toEqual([]);
    expect(bannersOf(calm, undefined, undefined)).toEqual([]);
    expect(bannersOf(calm, { ...mirror, state: 'behind' }, undefined)).toEqual([]);
  });

  it('tell of a backup that is old or was not made, once where its medium is away', () => {
    const old = { ...mirror, backup: { ...mirror.backup, state: 'old' as const } };
    const missed = { ...mirror, backup: { ...mirror.backup, state: 'missed' as const, reason: 'ENOSPC' } };
    expect(bannersOf(calm, old, undefined)).toMatchObject([{ id: 'backup', tone: 'warn', action: 'device' }]);
    expect(saying({}, missed)).toEqual(['Cadangan data terakhir tidak jadi: flashdisk penuh.']);
    const away = bannersOf(calm, { ...missed, state: 'missing' }, undefined);
    expect(away.map(({ id }) => id)).toEqual(['mirror']);
    const never = { ...mirror, backup: { ...mirror.backup, state: 'never' as const } };
    expect(bannersOf(calm, never, undefined)).toEqual([]);
  });

  it('see a limit coming when a quarter of it is left, with the time or the number that is left', () => {
    expect(saying({ limits: [limit({ remainingMs: 2 * DAY + HOUR })] })).toEqual([]);
    expect(saying({ limits: [limit({ remainingMs: DAY + 4 * HOUR })] })).toEqual([
      'Penjualan berhenti dalam 1 hari 4 jam bila tidak ada koneksi.',
    ]);
    const unsent = limit({ cap: 'unsent', limit: 12, remainingMs: null });
    expect(saying({ limits: [{ ...unsent, remaining: 4 }] })).toEqual([]);
    expect(saying({ limits: [{ ...unsent, remaining: 3 }] })).toEqual([
      'Penjualan berhenti setelah 3 transaksi lagi bila tidak ada koneksi.',
    ]);
    const drawer = limit({ cap: 'cash-in-drawer', limit: 10_000_000, remaining: 1_200_000, remainingMs: null });
    expect(saying({ limits: [drawer] })).toEqual(['Penjualan berhenti setelah kas bertambah Rp1.200.000.']);
  });

  it('say of a limit that is reached that no money is taken, and of the size of one sale nothing', () => {
    const reached = limit({ cap: 'unsent', limit: 12, used: 12, remaining: 0, remainingMs: null, reached: true });
    const [banner] = bannersOf(
      { ...calm, limits: [reached, limit({ cap: 'per-sale', reached: true })] },
      mirror,
      undefined,
    );
    expect(banner).toMatchObject({ tone: 'stop', action: 'outbox' });
    expect(banner?.sentences.safe).toContain('Tidak ada uang yang diambil');
    expect(shareLeft(limit({ remaining: null, remainingMs: null }))).toBe(0);
  });

  it('put what asks for a key first, then what stops sales, then what will, then what is good to know', () => {
    const notices: LineNotice[] = [
      { code: 'UPGRADE_SOON', sinceAt: null, details: { to: '0.2.0' } },
      { code: 'FEEDS_FROZEN', sinceAt: NOW, details: {} },
      { code: 'CLONE', sinceAt: null, details: {} },
    ];
    const clock = { ...calm.clock, needsAcknowledgement: true, jumpMs: -3 * HOUR };
    const banners = bannersOf({ ...calm, notices, clock }, { ...mirror, state: 'missing' }, undefined);
    expect(banners.map(({ id }) => id)).toEqual([
      'clock',
      'notice-CLONE-',
      'notice-FEEDS_FROZEN-',
      'mirror',
      'notice-UPGRADE_SOON-',
    ]);
    expect(banners[0]).toMatchObject({ action: 'acknowledge' });
    expect(banners[0]?.sentences.what).toBe('Jam komputer melompat 3 jam mundur.');
  });

  it('have three sentences for everything that the line can say, and claim a second copy only where there is one', () => {
    for (const code of lineNoticeSchema.shape.code.options) {
      for (const secondCopy of [true, false]) {
        const { what, safe, next } = noticeSentences({ code, sinceAt: NOW, details: {} }, secondCopy);
        for (const sentence of [what, safe, next]) expect(sentence, code).toMatch(/^[A-Z].*[.]$/s);
        if (!secondCopy) expect(`${what} ${safe} ${next}`, code).not.toContain('salinan kedua');
      }
    }
    expect(noticeSentences({ code: 'PROTOCOL_UNSUPPORTED', sinceAt: NOW, details: {} }, true).safe).toContain(
      'di salinan kedua',
    );
  });
});

describe('a countdown', () => {
  it('has days and hours, then hours and minutes, then minutes', () => {
    expect([2 * DAY + 4 * HOUR, 2 * DAY, 5 * HOUR + 600_000, 720_000].map(countdown)).toEqual([
      '2 hari 4 jam',
      '2 hari',
      '5 jam 10 m',
      '12 m',
    ]);
  });
});

describe('room for pages', () => {
  const space = { health: 'ok', heldBytes: 1, quotaBytes: 2, freeDiskBytes: null, waiting: 0 } as const;

  it('is no banner while there is room, and never one that says that sales are stopped', () => {
    expect(bannersOf(calm, mirror, space)).toEqual([]);
    for (const health of ['old', 'stop'] as const) {
      const [banner] = bannersOf(calm, mirror, { ...space, health });
      expect(banner?.tone).not.toBe('stop');
      expect(banner?.action).toBe('outbox');
      expect(banner?.sentences.safe).toContain('uang tetap dapat diterima');
    }
  });
});
