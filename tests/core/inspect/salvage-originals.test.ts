import { describe, expect, it } from 'vitest';
import { salvageData } from '../../../src/main/core/inspect/salvage.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, testConfig } from '../../support/test-counter.ts';

const FORM = { form: 'tbpkp', series: 'A' } as const;
const province = useProvince();

describe('a salvaged counter', () => {
  it('still has what lies in its drawer, who waits, and which forms are left', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    const { holdingIds } = await counter.get('originals.receive', {
      stream: transactionId,
      kinds: ['stnk', 'owner-ktp'],
    });
    const taken = { holdingIds: holdingIds.slice(0, 1), to: 'owner', name: 'Budi', evidence: 'KTP asli' } as const;
    await counter.get('originals.hand-over', taken);
    await counter.get('queue.issue', { reason: 'outage', nrkb: 'AG 3456 EF' });
    await counter.get('forms.receive', { ...FORM, from: 1, to: 30, deliveryNote: 'SJ 1' });
    for (const serial of [3, 4, 9]) await counter.get('forms.spoil', { ...FORM, serial, reason: 'sobek' });
    await counter.get('forms.declare-missing', { ...FORM, from: 1, to: 2, reason: 'tidak ada' });
    const before = [
      await counter.get('originals.in-drawer', {}),
      await counter.get('queue.list', {}),
      await counter.get('forms.stock', {}),
    ];
    await sync(counter);
    await counter.stop();
    const folder = temporaryFolder();
    valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
    // Who may sign in comes with the feeds.
    await sync(next);
    await enterAs(next, 'petugas-1');
    expect([
      await next.get('originals.in-drawer', {}),
      await next.get('queue.list', {}),
      await next.get('forms.stock', {}),
    ]).toEqual(before);
    expect(next.rows('SELECT count(*) AS runs FROM form_run')).toEqual(
      counter.rows('SELECT count(*) AS runs FROM form_run'),
    );
  });
});
