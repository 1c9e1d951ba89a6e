import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { quitAfterAnswer } from '../../src/main/core/last-word.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../support/enrolled-counter.ts';
import type { TestCounter } from '../support/test-counter.ts';

const SHELL = { name: 'browser', printPdf: undefined, keepSecret: undefined, openFolder: async () => false } as const;
const HERE = { outletId: '3506-017' };

describe('a computer that leaves its outlet', () => {
  const province = useProvince();
  const closed = async (counter: TestCounter): Promise<void> => {
    const session = await counter.get('cash-session.current', {});
    const cashSessionId = session?.cashSessionId ?? '';
    await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 50_000, count: 4 }] });
    await counter.get('cash-session.close', { cashSessionId });
    await sync(counter);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pemasang');
  };

  it('may not with an open session, with something unsent, by an officer, or under a wrong number', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    expect(await counter.refusal('device.leave', HERE)).toMatchObject({ code: 'FORBIDDEN' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pemasang');
    const open = await counter.refusal('device.leave', HERE);
    expect(open).toMatchObject({ code: 'LEAVE_REFUSED', details: { reason: 'CASH_SESSION_OPEN' } });
    const other = await counter.refusal('device.leave', { outletId: '3506-018' });
    expect(other).toMatchObject({ code: 'LEAVE_REFUSED', details: { reason: 'OTHER_OUTLET' } });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    await closed(counter);
    counter.line.set('down');
    await counter.get('sign-in.end', {});
    await openForBusiness(counter);
    const session = await counter.get('cash-session.current', {});
    const cashSessionId = session?.cashSessionId ?? '';
    await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 50_000, count: 4 }] });
    await counter.get('cash-session.close', { cashSessionId });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pemasang');
    const unsent = await counter.refusal('device.leave', HERE);
    expect(unsent).toMatchObject({ code: 'LEAVE_REFUSED', details: { reason: 'UNSENT' } });
    // Nothing was begun: the next start is the same counter.
    const again = await restarted(counter);
    expect((await again.get('counter.status', {})).enrolled).toBe(true);
  });

  it('puts its data aside whole at the next start, also after a power cut in between, and is enrolled anew', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await closed(counter);
    const entries = counter.rows('SELECT hash FROM entry ORDER BY seq').length;
    await counter.get('device.leave', HERE);
    expect((await counter.get('counter.status', {})).enrolled).toBe(true);
    await counter.stop();
    // The power went while the keys were on their way: the database is still here and says what is to be done.
    const { dataDir } = counter.config;
    const [folder] = [`lama-3506-017-`];
    const first = await restarted(counter);
    const aside = readdirSync(dataDir).find((name) => name.startsWith(folder)) ?? '';
    expect(readdirSync(join(dataDir, aside))).toEqual(
      expect.arrayContaining(['counter.sqlite', 'keys.json', 'mark.json']),
    );
    expect(existsSync(join(dataDir, 'keys.json'))).toBe(false);
    expect((await first.get('counter.status', {})).enrolled).toBe(false);
    await first.get('enrolment.enrol', { provinceUrl: 'http://province.example', code: await province().code() });
    expect((await first.get('counter.status', {})).enrolled).toBe(true);
    expect(first.rows('SELECT hash FROM entry').length).toBeLessThan(entries);
  });

  it('carries on after a power cut in the middle of it', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await closed(counter);
    await counter.get('device.leave', HERE);
    await counter.stop();
    const { dataDir } = counter.config;
    renameSync(join(dataDir, 'keys.json'), join(dataDir, 'lama-keys.json'));
    const again = await restarted(counter);
    expect((await again.get('counter.status', {})).enrolled).toBe(false);
  });

  it('stays when work went on after the wish', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await closed(counter);
    await counter.get('device.leave', HERE);
    await counter.get('sign-in.end', {});
    counter.line.set('down');
    await openForBusiness(counter);
    await sellOffline(counter, 'AG 2345 KD');
    const again = await restarted(counter);
    expect((await again.get('counter.status', {})).enrolled).toBe(true);
    expect(again.rows(`SELECT * FROM entry WHERE type = 'transaction.paid'`)).toHaveLength(1);
  });

  it('ends the program only once the page can have its answer', async () => {
    const ends: string[] = [];
    let answered = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answered = resolve;
    });
    quitAfterAnswer({ shell: { ...SHELL, quit: () => void ends.push('quit') }, wait: async () => await waiting });
    await Promise.resolve();
    expect(ends).toEqual([]);
    answered();
    await vi.waitFor(() => expect(ends).toEqual(['quit']));
  });
});
