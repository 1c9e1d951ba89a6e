import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { carriedIfReadable } from '../../support/flashdisk.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import type { TestProvince } from '../../support/test-province.ts';

/** One thing that happens between a counter and the province. `pick` and `cut` choose among what there is by then. */
type Step =
  | { readonly do: 'citizen' | 'line' | 'lost-answer' | 'export' | 'news' }
  | { readonly do: 'carry'; readonly pick: number; readonly cut: number }
  | { readonly do: 'import'; readonly pick: number; readonly cut: number };

const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** A whole file twice as often as a cut one. */
const cut = fc.oneof(fc.constant(1), fc.constant(1), chance);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('citizen', 'line', 'lost-answer', 'export', 'news') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('carry' as const), pick: chance, cut }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), pick: chance, cut }) },
);

/** The first part of a file, as a stick that was pulled has it. */
function cutFile(file: string, part: number, stick: string, name: string): string {
  if (part === 1) return file;
  const bytes = readFileSync(file);
  const to = join(stick, name);
  writeFileSync(to, bytes.subarray(0, Math.floor(bytes.length * part)));
  return to;
}

/** Everything a person may do with sticks and cables, in the order that chance gives. */
async function live(counter: TestCounter, province: TestProvince, steps: readonly Step[]): Promise<void> {
  const stick = temporaryFolder();
  const [bundles, answers]: [string[], string[]] = [[], []];
  const chosen = (files: readonly string[], pick: number) => files[Math.floor(pick * files.length)];
  for (const [index, one] of steps.entries()) {
    counter.line.set('down');
    if (one.do === 'citizen') {
      await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    } else if (one.do === 'news') {
      await changePolicy(province, `complaintPhone=(031) ${index}`);
    } else if (one.do === 'export') {
      const exported = await counter.ask('bundle.export', { to: join(stick, `${index}.opop`) });
      if (exported.ok) bundles.push(exported.value.file);
      else expect(exported.error.code).toBe('NOTHING_TO_SEND');
    } else if (one.do === 'carry') {
      const bundle = chosen(bundles, one.pick);
      if (bundle === undefined) continue;
      const taken = await carriedIfReadable(province, cutFile(bundle, one.cut, stick, `${index}.cut`));
      if (taken !== null) answers.push(taken.answer);
    } else if (one.do === 'import') {
      const answer = chosen(answers, one.pick);
      if (answer === undefined) continue;
      const taken = await counter.ask('answer.import', { file: cutFile(answer, one.cut, stick, `${index}.cut`) });
      if (!taken.ok) expect([taken.error.code, one.cut < 1]).toEqual(['ANSWER_REFUSED', true]);
    } else {
      counter.line.set('pass');
      if (one.do === 'lost-answer') counter.line.next('/v1/push', 'lose-answer');
      await counter.ask('outbox.send-now', {});
    }
  }
}

describe('a counter between a line and flashdisks', () => {
  const province = useProvince();

  it('ends the same in any order, any number of times, cut anywhere: all in custody once, feeds equal, nothing forged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        const counter = await openForBusiness(await enrolledCounter(province()));
        await live(counter, province(), steps);
        counter.line.set('pass');
        // Answers that are still to be lost, one for each time that chance said so.
        for (const one of steps) if (one.do === 'lost-answer') await counter.ask('outbox.send-now', {});
        await sync(counter);
        await sync(counter);
        expect(counter.rows(`SELECT seq FROM delivery WHERE state <> 'acknowledged'`)).toEqual([]);
        const { db } = province().province.context;
        const [device] = counter.rows('SELECT device_id FROM device');
        const there = await db
          .selectFrom('entry')
          .select(['hash', 'verdict'])
          .where('device_id', '=', String(device?.['device_id']))
          .execute();
        const here = counter.rows('SELECT hash FROM entry ORDER BY hash').map(({ hash }) => String(hash));
        expect(there.map(({ hash }) => hash).toSorted()).toEqual(here);
        expect(new Set(there.map(({ verdict }) => verdict))).toEqual(new Set(['ACCEPTED']));
        const heads = await db
          .selectFrom('feed_page')
          .select((eb) => ['feed', eb.fn.max<number>('to_version').as('version')])
          .where('scope', '=', 'all')
          .groupBy('feed')
          .execute();
        for (const { feed, version } of heads) {
          const [cursor] = counter.rows(`SELECT version FROM feed_cursor WHERE scope = 'all' AND feed = ?`, feed);
          expect([feed, cursor?.['version']]).toEqual([feed, Number(version)]);
        }
        expect(await counter.get('device.verify', {})).toMatchObject({ ok: true, problems: [] });
        await counter.stop();
      }),
      { numRuns: 5 },
    );
  });
});
