import { describe, expect, it, vi } from 'vitest';
import { createGate } from '../../support/test-line.ts';
import type { TestJournal } from '../../support/test-journal.ts';
import { openTestMirror, whenAborted } from '../../support/test-mirror.ts';

const typesOf = async (test: TestJournal): Promise<readonly string[]> =>
  (await test.db.read((tx) => test.journal.readAfter(tx, 0, 100))).map((entry) => entry.type);

describe('a medium that is slow', () => {
  it('holds up no paper for longer than two seconds, is told as missed, and completes itself', async () => {
    const asked: number[] = [];
    let hasMoney = false;
    const medium = createGate();
    const { test, mirror } = await openTestMirror(
      async (ms, signal) => {
        asked.push(ms);
        // The clock of the test stands still until the money is there.
        if (!hasMoney) await whenAborted(signal);
      },
      { ready: medium.opened },
    );
    hasMoney = true;
    expect(await mirror.follow()).toBe('missing');
    expect(asked.every((ms) => ms === 2000)).toBe(true);
    expect((await typesOf(test)).filter((type) => type === 'mirror.missed')).toHaveLength(1);
    medium.open();
    await vi.waitFor(() => expect(mirror.state()).toBe('ok'));
    await mirror.stop();
    await test.db.close();
  });

  it('that is quick enough is not missed', async () => {
    const { test, mirror } = await openTestMirror((_ms, signal) => whenAborted(signal));
    expect(await mirror.follow()).toBe('ok');
    expect(await typesOf(test)).not.toContain('mirror.missed');
    await mirror.stop();
    await test.db.close();
  });

  it('without a key of the province to seal to keeps nothing, and says why', async () => {
    const { test, mirror } = await openTestMirror((_ms, signal) => whenAborted(signal), { withKey: false });
    expect(await mirror.follow()).toBe('missing');
    expect(await mirror.status()).toMatchObject({ state: 'missing', reason: 'NO_SEALING_KEY', uncovered: 3 });
    await mirror.stop();
    expect(mirror.isMissing()).toBe(true);
    await test.db.close();
  });
});
