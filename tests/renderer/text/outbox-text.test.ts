import { describe, expect, it } from 'vitest';
import { entryBodySchemas } from '../../../src/contract/journal-entry.ts';
import { verdictSchema } from '../../../src/contract/sync-protocol.ts';
import { entryTypeText } from '../../../src/renderer/text/entry-type-text.ts';
import { asideReason, endedAsideText } from '../../../src/renderer/text/aside-text.ts';
import { lifeDetail } from '../../../src/renderer/text/history-text.ts';
import { OUTBOX_TEXT, verdictText, waitingText } from '../../../src/renderer/text/outbox-text.ts';
import { unsentCell } from '../../../src/renderer/text/status-text.ts';

/** Reasons that the contract gives to a verdict, as the core keeps it: `QUARANTINED:BAD_BODY`. */
const kept = verdictSchema.options.flatMap((option) => {
  const word = option.shape.verdict.value;
  const reasons =
    'reason' in option.shape
      ? option.shape.reason.options
      : 'original' in option.shape
        ? option.shape.original.options
        : [];
  return reasons.length === 0 ? [word] : reasons.map((reason) => `${word}:${reason}`);
});

describe('what the province answered', () => {
  it.each(kept.filter((verdict) => verdict !== 'PENDING'))('%s is said without a code', (verdict) => {
    expect(verdictText(verdict)).not.toMatch(/[A-Z]{4,}/);
    expect(verdictText(verdict)).toMatch(/diterima|diperiksa/);
  });
});

describe('what the province keeps aside', () => {
  const aside = [...kept, 'DUPLICATE:QUARANTINED'].filter((verdict) => /QUARANTINED|CONFLICT|FORK/.test(verdict));

  it.each(aside)('%s is explained in words: what happened, and who does what next', (verdict) => {
    expect(asideReason(verdict)).toMatch(/[.;] .*(Tunggu|[Pp]engawas|Bapenda)/);
    expect(asideReason(verdict)).not.toMatch(/[A-Z_]{4,}/);
    expect(waitingText({ state: 'quarantined', lastReason: verdict, aside: null }, true)).toMatch(/^[a-z]/);
    expect(lifeDetail({ kind: 'quarantined', text: verdict })).not.toMatch(/[A-Z_]{4,}/);
  });

  it('is told with its end once it has one', () => {
    const [from, until] = [Date.UTC(2026, 10, 21, 3, 34), Date.UTC(2026, 10, 22, 2, 10)];
    const ended = { verdict: 'QUARANTINED:UNKNOWN_TYPE', from, until, note: null };
    expect(endedAsideText({ ...ended, ended: 'accepted' })).toBe('ditahan Bapenda 21 Nov 10.34, diterima 22 Nov 09.10');
    expect(endedAsideText({ ...ended, ended: 'settled', note: 'BA 12/XI' })).toMatch(
      /^ditahan .* 22 Nov 09[.]10: BA 12\/XI$/,
    );
    const row = { state: 'acknowledged', lastReason: 'ACCEPTED', aside: { ...ended, ended: 'refused' } } as const;
    expect(waitingText(row, true)).toMatch(/tidak dapat diterima/);
  });

  it('is what the bar says: never that all is sent', () => {
    const clock = { now: 0 };
    const label = (unsent: number, quarantined: number): string =>
      unsentCell({ outbox: { health: 'stop', unsent, quarantined, oldestAt: null }, clock }).label;
    expect([label(0, 0), label(0, 1), label(2, 1), label(2, 0)]).toEqual([
      'semua terkirim',
      '1 ditahan Bapenda',
      '2 menunggu, 1 ditahan Bapenda',
      '2 menunggu',
    ]);
    const { lines } = unsentCell({ outbox: { health: 'stop', unsent: 0, quarantined: 1, oldestAt: null }, clock });
    expect(lines.join(' ')).toMatch(/disimpan Bapenda.*jangan layani ulang/);
    expect(lines.join(' ')).not.toMatch(/Semua transaksi/);
  });
});

describe('an entry of the journal', () => {
  it.each(Object.keys(entryBodySchemas))('%s has a name for a person', (type) => {
    expect(entryTypeText(type)).not.toBe(type);
  });
});

it('says of what waits how much is money, how much are pages, and what only travels along', () => {
  expect(OUTBOX_TEXT.counts(12, 2, 7)).toBe('12 menunggu: 2 transaksi, 7 halaman berkas, 3 catatan.');
  expect(OUTBOX_TEXT.counts(1, 1, 0)).toBe('1 menunggu: 1 transaksi.');
  expect(OUTBOX_TEXT.counts(0, 0, 0)).toBe('Semua sudah diterima Bapenda.');
});
