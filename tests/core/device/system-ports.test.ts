import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemLog } from '../../../src/main/core/device/system-log.ts';
import { systemClock, systemRandom } from '../../../src/main/core/device/system-ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the computer', () => {
  it('tells the time, a time since boot that never goes back, and one name for this boot', () => {
    const clock = systemClock();
    expect(Math.abs(clock.wallMs() - Date.now())).toBeLessThan(1000);
    const readings = Array.from({ length: 100 }, () => clock.monoMs());
    expect([...readings].sort((left, right) => left - right)).toEqual(readings);
    expect(readings.every((ms) => Number.isInteger(ms) && ms > 0)).toBe(true);
    expect(systemClock().bootId()).toBe(clock.bootId());
  });

  it('gives bytes of the asked length that differ, and a fraction below one', () => {
    const random = systemRandom();
    expect(random.bytes(32)).toHaveLength(32);
    expect(Buffer.from(random.bytes(32)).equals(Buffer.from(random.bytes(32)))).toBe(false);
    const fractions = Array.from({ length: 200 }, () => random.fraction());
    expect(fractions.every((one) => one >= 0 && one < 1)).toBe(true);
    expect(new Set(fractions).size).toBe(200);
  });
});

describe('the log', () => {
  it('is one line of JSON per event, there as soon as it was written', () => {
    const folder = temporaryFolder();
    const log = createSystemLog(folder);
    log.write('warn', 'mark.failed', { seq: 4, places: 'second' });
    log.write('info', 'start');
    const lines = readFileSync(join(folder, 'counter.log'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 40, event: 'mark.failed', seq: 4, places: 'second' },
      { level: 30, event: 'start' },
    ]);
    log.close();
  });
});
