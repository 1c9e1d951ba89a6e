import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { billed, confirmed, openForBusiness, payShown, prepared } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createGate } from '../../support/test-line.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const province = useProvince();
const PATIENCE = { timeout: 30_000, interval: 20 };

const uploads = (counter: TestCounter) => counter.line.requests.filter((request) => request.includes('/v1/uploads'));
const states = async (counter: TestCounter) =>
  (await counter.get('documents.lane', { show: 'all' })).rows.map(({ state }) => state);

describe('the lane of pages beside the loop', () => {
  it('sends by itself what is kept while there is a line', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    const { transactionId } = await confirmed(counter, 'AG 2345 KD');
    await keptFile(counter, transactionId, await cardPhoto('CONTOH'));
    await vi.waitFor(async () => expect(await states(counter)).toEqual(['stored']), PATIENCE);
    expect(counter.events).toContain('documents');
  });

  it('stands still while money moves, and goes on when it has', async () => {
    const counter = await enrolledCounter(province(), { config: { syncLoop: true } });
    const gate = createGate();
    counter.line.set('down');
    await openForBusiness(counter);
    const { transactionId } = await confirmed(counter, 'AG 2345 KD');
    await keptFile(counter, transactionId, await cardPhoto('CONTOH'));
    counter.line.next('/v1/push', { late: gate.opened });
    counter.line.set('pass');
    // The cash session waits at the gate; the person has waited long enough and is told so.
    const asked = counter.ask('outbox.send-now', {});
    await vi.waitFor(() => expect(counter.line.requests.at(-1)).toBe('POST /v1/push'), PATIENCE);
    await asked;
    await vi.waitFor(async () => expect((await counter.get('documents.lane', {})).doing).toBe('sending'), PATIENCE);
    expect(uploads(counter)).toEqual([]);
    gate.open();
    await vi.waitFor(async () => expect(await states(counter)).toEqual(['stored']), PATIENCE);
  });

  it('goes on when a file that may leave cannot be removed', async () => {
    await changePolicy(province(), 'pages.keepStoredDays=0');
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    const { transactionId } = await prepared(counter, 'AG 2345 KD');
    const documentId = await keptFile(counter, transactionId, await cardPhoto('CONTOH'));
    await vi.waitFor(async () => expect(await states(counter)).toEqual(['stored']), PATIENCE);
    // What lies there now is no file, so that the system refuses to remove it.
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    rmSync(file);
    mkdirSync(file);
    await payShown(counter, await billed(counter, transactionId));
    const released = () => counter.rows('SELECT released_at FROM document WHERE released_at IS NOT NULL');
    await vi.waitFor(() => expect(released()).toHaveLength(1), PATIENCE);
    const next = await confirmed(counter, 'AG 3456 EF');
    await keptFile(counter, next.transactionId, await cardPhoto('LAIN'));
    await vi.waitFor(async () => expect(await states(counter)).toEqual(['stored', 'stored']), PATIENCE);
    expect(counter.log.lines.map(({ event }) => event)).toContain('pages.not-removed');
  });
});
