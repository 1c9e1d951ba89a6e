import { describe, expect, it } from 'vitest';
import { openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PUSH = '/v1/push';

describe('the receipt of a long push', () => {
  const province = useProvince();
  /** A counter where so many entries wait that their receipt is asked for without names. */
  const behind = async (): Promise<TestCounter> => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const arrival = { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null };
    for (let citizen = 0; citizen < 10; citizen += 1) await counter.get('arrivals.record', arrival);
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(10);
    return counter;
  };
  const newestReceipt = (counter: TestCounter) =>
    counter.rows('SELECT ack_seq, text FROM custody_receipt ORDER BY rowid DESC LIMIT 1')[0];

  it('leaves the names out on the line and is kept whole', async () => {
    const counter = await behind();
    const seen: string[] = [];
    counter.line.next(PUSH, {
      bend: (answer) => {
        seen.push(answer.body);
        return answer;
      },
    });
    const { pushed } = await sync(counter);
    expect(seen[0]).toContain('STORED_LEAN');
    expect(seen[0]?.length).toBeLessThan(700);
    const kept = newestReceipt(counter);
    const { verdicts } = JSON.parse(String(kept?.['text'])) as { verdicts: unknown[] }; // the contract's own text
    expect(verdicts).toHaveLength(pushed);
  });

  it('that was bent on its way settles nothing, and is asked for whole the next time', async () => {
    const counter = await behind();
    counter.line.next(PUSH, {
      bend: (answer) => ({ ...answer, body: answer.body.replace('\\"ackSeq\\":', '\\"ackSeq\\":1') }),
    });
    expect(await counter.refusal('outbox.send-now')).toMatchObject({ details: { reason: 'CUSTODY_SIGNATURE' } });
    const waiting = counter.rows(`SELECT DISTINCT state, last_reason FROM delivery WHERE state <> 'acknowledged'`);
    expect(waiting).toEqual([{ state: 'sending', last_reason: 'CUSTODY_SIGNATURE' }]);
    const seen: string[] = [];
    counter.line.next(PUSH, {
      bend: (answer) => {
        seen.push(answer.body);
        return answer;
      },
    });
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(seen[0]).toContain('"answer":"STORED"');
  });
});
