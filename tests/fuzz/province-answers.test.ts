import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineAnswer } from '../../src/main/core/ports.ts';
import { parseJson } from '../../src/main/core/sync/parse-json.ts';
import { signText } from '../../src/province/crypto/ed25519.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import {
  byteDamages,
  cpuMsOf,
  damagedBytes,
  fuzzRuns,
  LONGEST_CPU_MS,
  mutatedText,
  mutations,
} from '../support/hostile-values.ts';
import { type BendingLine, createBendingLine } from '../support/bending-line.ts';
import { changePolicy } from '../support/province-policy.ts';
import { startTestCounter, type TestCounter } from '../support/test-counter.ts';

const RUNS = fuzzRuns(10);
const province = useProvince();

/** What only a signed word of the province may change. */
const KEPT = [
  'SELECT * FROM entry ORDER BY seq',
  'SELECT * FROM ledger_line ORDER BY entry_seq, line_no',
  'SELECT * FROM custody_receipt ORDER BY rowid',
  'SELECT * FROM feed_page ORDER BY rowid',
  'SELECT * FROM province_key ORDER BY key_id',
  'SELECT * FROM officer ORDER BY officer_id',
  'SELECT * FROM policy ORDER BY policy_version',
  'SELECT vehicle_id FROM vehicle ORDER BY vehicle_id',
  'SELECT * FROM decision ORDER BY decision_id',
];

const keptIn = (counter: TestCounter) => KEPT.map((sql) => counter.rows(sql));

/** The texts that the province signed somewhere inside an answer, with the context of their signature. */
const CONTEXTS: Readonly<Record<string, string>> = {
  timeAnchor: SIGNATURE_CONTEXT.timeAnchor,
  custodyReceipt: SIGNATURE_CONTEXT.custodyReceipt,
  pages: SIGNATURE_CONTEXT.feedPage,
};

/** Sends with an answer bent on its way; nothing may fail inside or hang. */
async function sendBent(
  counter: TestCounter,
  line: BendingLine,
  path: string,
  change: (body: string) => string,
): Promise<void> {
  line.bend(path, change, path === '/v1/hello');
  const held: { code: string } = { code: '' };
  const cpu = await cpuMsOf(async () => {
    const sent = await counter.ask('outbox.send-now', {});
    held.code = sent.ok ? '' : sent.error.code;
  });
  line.stop();
  expect(held.code).not.toBe('INTERNAL');
  expect(counter.log.lines.filter(({ event }) => event === 'handler.threw' || event === 'sync.threw')).toEqual([]);
  expect(cpu).toBeLessThan(LONGEST_CPU_MS);
}

const POLICY_CAP = 321;

/** A plate can be paid once at a province, so each counter of this file has its own. */
const PLATES = ['AG 2345 KD', 'AG 1111 HI', 'AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA'];

/**
 * A counter for which a decision and a policy wait at the province, while entries wait here; and somebody in the middle of
 * its line.
 */
async function waitingCounter(nrkb: string): Promise<{ readonly counter: TestCounter; readonly line: BendingLine }> {
  const line = createBendingLine();
  const counter = await openForBusiness(await enrolledCounter(province(), { line }));
  await sellOffline(counter, nrkb);
  await sync(counter);
  expect(await province().book()).toBeGreaterThan(0);
  await changePolicy(province(), `caps.unsent=${String(POLICY_CAP)}`);
  await counter.get('sign-in.end', {});
  await enterAs(counter, 'petugas-1');
  return { counter, line };
}

/** Whether a body still says what was signed, whatever else is in it. */
function isSameWord(body: string, { text, mac }: { readonly text?: string; readonly mac?: string }): boolean {
  const said = parseJson(body) as { readonly text?: unknown; readonly mac?: unknown } | null | undefined; // any JSON
  return said?.text === text && said?.mac === mac;
}

describe('answers of the province that were bent on their way', () => {
  it.each([
    ['/v1/hello', PLATES[0]],
    ['/v1/push', PLATES[1]],
    ['/v1/feeds/policy', PLATES[2]],
    ['/v1/feeds/decisions', PLATES[3]],
  ])('%s: nothing is believed that nobody signed, and the next good answer goes on', async (path, nrkb = '') => {
    const { counter, line } = await waitingCounter(nrkb);
    const before = keptIn(counter);
    await fc.assert(
      fc.asyncProperty(mutations, byteDamages, fc.boolean(), async (changes, damages, isStructure) => {
        await sendBent(counter, line, path, (body) =>
          isStructure
            ? mutatedText(JSON.parse(body), changes)
            : damagedBytes(Buffer.from(body), damages).toString('utf8'),
        );
      }),
      { numRuns: RUNS },
    );
    // What went through whole in spite of it was signed: entries are only ever added, and nothing that was there is gone.
    const after = keptIn(counter);
    for (const [index, rows] of before.entries())
      expect(after[index], KEPT[index]).toEqual(expect.arrayContaining([...rows]));
    await sync(counter);
    expect(await counter.get('outbox.figures', {})).toMatchObject({ unsent: 0, quarantined: 0 });
    // What waited came in the end, once and whole.
    expect(
      counter.rows('SELECT text FROM policy').filter(({ text }) => String(text).includes(String(POLICY_CAP))),
    ).toHaveLength(1);
    expect(counter.rows('SELECT * FROM decision')).toHaveLength(1);
  });

  it('a word that the province really signed and that makes no sense is refused whole', async () => {
    const { counter, line } = await waitingCounter(PLATES[4] ?? '');
    const { signing } = province().province.context.keys;
    const resigned = (value: unknown, changes: Parameters<typeof mutatedText>[1]): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map((one) => resigned(one, changes));
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]: [string, unknown]) => {
          const context = CONTEXTS[name];
          const sign = (one: unknown): unknown => {
            const text = mutatedText(JSON.parse((one as { text: string }).text), changes); // a signed text, by its name
            return context === undefined ? one : { text, keyId: signing.keyId, sig: signText(signing, context, text) };
          };
          if (context === undefined) return [name, resigned(inner, changes)];
          return [name, Array.isArray(inner) ? inner.map(sign) : sign(inner)];
        }),
      );
    };
    const entries = counter.rows('SELECT * FROM entry ORDER BY seq');
    const paths = fc.constantFrom('/v1/hello', '/v1/push', '/v1/feeds/policy', '/v1/feeds/decisions');
    await fc.assert(
      fc.asyncProperty(paths, mutations, async (path, changes) => {
        await sendBent(counter, line, path, (body) => JSON.stringify(resigned(JSON.parse(body), changes)));
      }),
      { numRuns: RUNS * 2 },
    );
    expect(counter.rows('SELECT * FROM entry ORDER BY seq').slice(0, entries.length)).toEqual(entries);
  });

  it('an enrolment that somebody else answered, in any way, enrols nobody', async () => {
    const counter = await startTestCounter();
    const code = await province().code();
    counter.line.plug(province().server);
    await fc.assert(
      fc.asyncProperty(mutations, byteDamages, fc.boolean(), async (changes, damages, isStructure) => {
        const bend = (answer: LineAnswer): LineAnswer => {
          const inner = JSON.parse(answer.body) as { text?: string; mac?: string };
          const bent = isStructure
            ? JSON.stringify({ ...inner, text: mutatedText(JSON.parse(inner.text ?? '{}'), changes) })
            : damagedBytes(Buffer.from(answer.body), damages).toString('utf8');
          // A blank more, or a property that nobody asked for: that is still the province's own word.
          return { ...answer, body: isSameWord(bent, inner) ? '{}' : bent };
        };
        counter.line.next('/v1/enrol', { bend });
        const refused = await counter.refusal('enrolment.enrol', { provinceUrl: 'http://province.example', code });
        expect(['PROVINCE_ANSWER_INVALID', 'NO_LINE', 'ENROLMENT_REFUSED']).toContain(refused.code);
      }),
      { numRuns: RUNS },
    );
  });
});
