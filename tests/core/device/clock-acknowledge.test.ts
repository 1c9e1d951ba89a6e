import { describe, expect, it } from 'vitest';
import { openForBusiness, payableOf, prepared, sellOffline, sync } from '../../support/at-the-counter.ts';
import {
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';

const province = useProvince();
const enrolledFolder = useEnrolledFolder();
const DAY = 24 * 3_600_000;
const PLATE = 'AG 2345 KD';

describe('a computer clock that jumped', () => {
  it('stops new sales until the officer has seen it; the entry says so, and the sale is flagged', async () => {
    const counter = await openForBusiness(await copiedCounter(enrolledFolder()));
    // Another boot: the anchor of the last contact is worth nothing any more.
    counter.clock.reboot(60_000);
    counter.clock.setWall(counter.clock.wallMs() + 3 * DAY);
    expect((await counter.get('counter.status')).clock).toMatchObject({ health: 'stop', needsAcknowledgement: true });
    const draft = await prepared(counter, PLATE);
    expect(draft.refusals.map(({ code }) => code)).toContain('CLOCK_UNCERTAIN');
    expect(draft.amount).not.toBeNull();
    const payable = payableOf(draft);
    const input = { transactionId: draft.transactionId, tendered: payable, expectedPayable: payable };
    expect((await counter.refusal('transactions.pay', input)).code).toBe('CLOCK_UNCERTAIN');
    expect(await counter.get('clock.acknowledge')).toMatchObject({ needsAcknowledgement: false });
    expect(counter.bodies('clock.acknowledged')).toEqual([{ timeTrust: 'suspect', jumpMs: expect.any(Number) }]);
    await counter.get('transactions.pay', input);
    const [sale] = counter.rows("SELECT text FROM entry WHERE type = 'transaction.paid'");
    expect(String(sale?.['text'])).toContain('"timeTrust":"suspect"');
    // Looked at once, it is not asked again, and nothing more is written.
    await counter.get('clock.acknowledge');
    expect(counter.bodies('clock.acknowledged')).toHaveLength(1);
  });

  it('never stops an upload, and the answer of the province ends the matter', async () => {
    const counter = await enrolledCounter(province());
    await openForBusiness(counter);
    counter.line.set('down');
    await sellOffline(counter, PLATE);
    counter.clock.reboot(60_000);
    counter.clock.setWall(0);
    // A new boot is a new start of the program.
    const booted = await restarted(counter);
    expect((await booted.get('counter.status')).clock.needsAcknowledgement).toBe(true);
    booted.line.set('pass');
    expect((await sync(booted)).unsent).toBe(0);
    expect((await booted.get('counter.status')).clock).toMatchObject({
      trust: 'anchored',
      jumpMs: null,
      needsAcknowledgement: false,
    });
  });

  it('is measured by the limits of the policy', async () => {
    await changePolicy(province(), 'clock.forwardHours=100');
    const counter = await enrolledCounter(province());
    await openForBusiness(counter);
    counter.line.set('down');
    counter.clock.reboot(60_000);
    counter.clock.setWall(counter.clock.wallMs() + 3 * DAY);
    expect((await counter.get('counter.status')).clock).toMatchObject({ trust: 'rtc', needsAcknowledgement: false });
    counter.clock.setWall(counter.clock.wallMs() + 3 * DAY);
    expect((await counter.get('counter.status')).clock).toMatchObject({ trust: 'suspect', needsAcknowledgement: true });
  });
});
