import { describe, expect, it } from 'vitest';
import { feedAnswerSchema, type FeedPage, feedPageSchema } from '../../../src/contract/feeds.ts';
import type { SignedText } from '../../../src/contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../../src/contract/sync-protocol.ts';
import { currentIncarnation } from '../../../src/province/restore/incarnation.ts';
import { signedBy } from '../../../src/province/keys/key-ring.ts';
import { enterAs, openForBusiness, prepared, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createTestLine, type Fate, withoutPages } from '../../support/test-line.ts';
import { signingPair } from '../../support/test-receipt.ts';

const DAY = 86_400_000;
const POLICY = '/v1/feeds/policy';

const cursors = (counter: TestCounter) =>
  counter.rows('SELECT feed, version, page_hash FROM feed_cursor ORDER BY feed, scope');
const refused = (counter: TestCounter) =>
  counter.log.lines.filter(({ event }) => event === 'feed.refused').map(({ facts }) => facts);

/** Changes every page of an answer on its way. */
function pages(change: (signed: SignedText, page: FeedPage) => SignedText): Fate {
  return {
    bend: (answer) => {
      const said = feedAnswerSchema.parse(JSON.parse(answer.body));
      const changed = said.pages.map((one) => change(one, feedPageSchema.parse(JSON.parse(one.text))));
      return { ...answer, body: JSON.stringify({ ...said, pages: changed }) };
    },
  };
}

/** What a counter looks back for before it refuses it. */
const LOOKS_BACK: ReadonlySet<string> = new Set(['PAGE_OTHER_CHAIN', 'PAGE_GAP']);

describe('what comes from the province', () => {
  const province = useProvince();
  const news = (): Promise<void> =>
    changePolicy(province(), `complaintPhone=(031) ${String(Math.floor(Math.random() * 1e6))}`);

  it('arrives with the first contact: keys, policy, rules, officers and the vehicles of the outlet’s areas', async () => {
    const counter = await enrolledCounter(province());
    expect(new Set(cursors(counter).map(({ feed }) => feed))).toEqual(
      new Set([
        'keys',
        'policy',
        'rules',
        'services',
        'releases',
        'receipts-void',
        'officers',
        'decisions',
        'announcements',
        'registry',
        'blocks',
      ]),
    );
    const status = await counter.get('counter.status', {});
    expect(status).toMatchObject({ rules: { health: 'ok', packId: 'jatim-2026-demo' }, registry: { health: 'ok' } });
    expect(status.registry.vehicles).toBeGreaterThan(80);
  });

  it('is refused when it is forged, another feed’s, of another chain, older, or torn, and is taken when it is genuine', async () => {
    const counter = await enrolledCounter(province());
    await news();
    const before = cursors(counter);
    const { signing } = province().province.context.keys;
    const stranger = signingPair();
    const resigned = (page: FeedPage, over: Partial<FeedPage>): SignedText =>
      signedBy(signing, SIGNATURE_CONTEXT.feedPage, { ...page, ...over });
    const lies: readonly (readonly [string, (signed: SignedText, page: FeedPage) => SignedText])[] = [
      ['PAGE_BAD_SIGNATURE', (signed) => ({ ...signed, text: signed.text.replace('(031)', '(032)') })],
      ['PAGE_UNKNOWN_KEY', (signed) => ({ ...signed, keyId: stranger.publicKey.slice(0, 12) })],
      ['PAGE_BAD_SIGNATURE', (_signed, page) => signedBy(signing, SIGNATURE_CONTEXT.bill, page)],
      ['PAGE_OTHER_FEED', (_signed, page) => resigned(page, { feed: 'rules' })],
      ['PAGE_OTHER_FEED', (_signed, page) => resigned(page, { scope: 'AG' })],
      ['PAGE_OTHER_CHAIN', (_signed, page) => resigned(page, { prevHash: 'A'.repeat(43) })],
      ['PAGE_OLDER', (_signed, page) => resigned(page, { from: 0, to: 1 })],
      ['PAGE_GAP', (_signed, page) => resigned(page, { from: page.from + 1, to: page.to + 1 })],
      ['PAGE_BAD_PAGE', (_signed, page) => resigned(page, { to: page.from })],
      ['PAGE_BAD_ITEM', (_signed, page) => resigned(page, { items: [...page.items, { version: 'x' }] })],
    ];
    for (const [detail, lie] of lies) {
      counter.line.next(POLICY, pages(lie));
      if (LOOKS_BACK.has(detail)) {
        counter.line.next(
          POLICY,
          pages((signed) => signed),
        );
        counter.line.next(POLICY, pages(lie));
      }
      await sync(counter);
      expect(refused(counter).at(-1)).toEqual({ feed: 'policy', detail });
      expect(cursors(counter), detail).toEqual(before);
    }
    expect(await sync(counter)).toMatchObject({ pulled: 1 });
    expect(cursors(counter)).not.toEqual(before);
  });

  it('that stands on none of ours lets the counter look back once, in the same round', async () => {
    const counter = await enrolledCounter(province());
    await news();
    const { signing } = province().province.context.keys;
    counter.line.next(
      POLICY,
      pages((_signed, page) => signedBy(signing, SIGNATURE_CONTEXT.feedPage, { ...page, prevHash: 'A'.repeat(43) })),
    );
    expect(await sync(counter)).toMatchObject({ pulled: 1 });
    expect(refused(counter)).toEqual([]);
  });

  it('does not wait behind one feed that is refused', async () => {
    const counter = await enrolledCounter(province());
    await news();
    province().clock.now += 4 * DAY;
    counter.clock.pass(4 * DAY);
    counter.line.next(
      '/v1/feeds/rules',
      pages((signed) => ({ ...signed, text: signed.text.replace('2', '3') })),
    );
    await sync(counter);
    expect(refused(counter)).toEqual([{ feed: 'rules', detail: 'PAGE_BAD_SIGNATURE' }]);
    const at = counter.rows('SELECT feed, max(applied_at) AS at FROM feed_cursor GROUP BY feed');
    const age = new Map(at.map(({ feed, at: applied }) => [feed, counter.clock.wallMs() - Number(applied)]));
    expect(age.get('rules')).toBeGreaterThan(3 * DAY);
    expect(age.get('policy')).toBeLessThan(DAY);
    expect(age.get('keys')).toBeLessThan(DAY);
  });

  it('is kept as received, append-only, but for the registry, of which only hash and projection stay', async () => {
    const counter = await enrolledCounter(province());
    const kept = counter.rows('SELECT DISTINCT feed FROM feed_page ORDER BY feed').map(({ feed }) => feed);
    expect(kept).toEqual(expect.arrayContaining(['keys', 'officers', 'policy', 'rules']));
    expect(kept).not.toContain('registry');
  });
});

describe('what has moved', () => {
  const province = useProvince();

  it('is asked for once for all feeds; nothing else crosses the line while nothing moves', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const before = counter.line.requests.length;
    await sync(counter);
    expect(counter.line.requests.slice(before)).toEqual(['POST /v1/news']);
    await changePolicy(province(), 'idleLockMinutes=44');
    await sync(counter);
    // A short page comes with the news that there is one.
    expect(counter.line.requests.slice(before + 1)).toEqual(['POST /v1/news']);
    expect(counter.rows(`SELECT text FROM policy ORDER BY policy_version DESC LIMIT 1`)[0]?.['text']).toContain(
      '"idleLockMinutes":44',
    );
  });

  it('is asked for by itself where the province brings no pages, and brings no more than a small answer bears', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(province(), 'idleLockMinutes=45');
    counter.line.next('/v1/news', { bend: withoutPages });
    expect(await sync(counter)).toMatchObject({ pulled: 1 });
    expect(counter.line.requests.slice(-2)).toEqual(['POST /v1/news', 'GET /v1/feeds/policy/all']);
    // A counter that comes for the first time gets its registry in an answer of its own.
    const fresh = await enrolledCounter(province());
    const asked = fresh.line.requests.filter((one) => one.startsWith('GET /v1/feeds/'));
    expect(asked.some((one) => one.startsWith('GET /v1/feeds/registry/'))).toBe(true);
    expect(asked).not.toContain('GET /v1/feeds/policy/all');
  });

  it('and came along is judged like any page: forged it is refused, and the feed stays where it was', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(province(), 'idleLockMinutes=46');
    const before = cursors(counter);
    counter.line.next('/v1/news', {
      bend: (answer) => ({ ...answer, body: answer.body.replace('idleLockMinutes\\":46', 'idleLockMinutes\\":59') }),
    });
    await sync(counter);
    expect(refused(counter).at(-1)).toEqual({ feed: 'policy', detail: 'PAGE_BAD_SIGNATURE' });
    expect(cursors(counter)).toEqual(before);
    expect(await sync(counter)).toMatchObject({ pulled: 1 });
  });
});

describe('signed rules', () => {
  const province = useProvince();

  const RULES = '/v1/feeds/rules';
  /** Enrolled while the feed of rules answered otherwise, and without a line since. */
  const enrolledWith = async (fate: Fate): Promise<TestCounter> => {
    const line = createTestLine();
    line.next(RULES, fate);
    const counter = await openForBusiness(await enrolledCounter(province(), { line }));
    line.set('down');
    return counter;
  };

  it('are needed before anything is sold: without them the counter takes papers only', async () => {
    const nothing = { status: 200, body: '{"pages":[],"more":false}', headers: {} };
    const counter = await enrolledWith({ answer: nothing });
    const draft = await prepared(counter, 'AG 2345 KD');
    expect(draft).toMatchObject({ amount: null, refusals: [{ code: 'RULES_MISSING' }], offer: 'intake' });
    const payment = { transactionId: draft.transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'RULES_MISSING' });
    expect(await counter.get('counter.status', {})).toMatchObject({ rules: { health: 'stop', packId: null } });
  });

  it('that the province did not sign are refused, named as such, and replaced by signed ones as soon as they come', async () => {
    const counter = await enrolledWith(
      pages((signed) => ({ ...signed, text: signed.text.replaceAll('jatim', 'palsu') })),
    );
    const { transactionId, ...draft } = await prepared(counter, 'AG 2345 KD');
    expect(draft).toMatchObject({ amount: null, refusals: [{ code: 'RULES_UNSIGNED' }], offer: 'intake' });
    expect(counter.rows('SELECT * FROM rule_pack')).toEqual([]);
    counter.line.set('pass');
    await sync(counter);
    expect((await counter.get('transactions.draft', { transactionId })).refusals).toEqual([]);
  });

  it('that contradict each other are not sold from, although they are signed', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const [pack] = counter.rows(`SELECT text FROM rule_pack WHERE pack_id = 'jatim-2026-demo'`);
    const twin = { ...(JSON.parse(String(pack?.['text'])) as object), id: 'kembaran', replaces: [] };
    const incarnation = await currentIncarnation(province().province.context.db);
    counter.line.next('/v1/news', { bend: (answer) => ({ ...answer, body: JSON.stringify({ moved: [2] }) }) });
    counter.line.next(RULES, {
      bend: (answer) => {
        const [cursor] = counter.rows(`SELECT version, page_hash FROM feed_cursor WHERE feed = 'rules'`);
        const from = Number(cursor?.['version']);
        const { context } = province().province;
        const page = signedBy(context.keys.signing, SIGNATURE_CONTEXT.feedPage, {
          feed: 'rules',
          scope: 'all',
          incarnation,
          from,
          to: from + 1,
          prevHash: cursor?.['page_hash'],
          validFrom: context.now(),
          freshUntil: context.now() + DAY,
          items: [twin],
        });
        return { ...answer, body: JSON.stringify({ pages: [page], more: false }) };
      },
    });
    await sync(counter);
    counter.line.set('down');
    const draft = await prepared(counter, 'AG 2345 KD');
    expect(draft).toMatchObject({ amount: null, refusals: [{ code: 'RULES_OVERLAP' }], offer: 'intake' });
    expect(await counter.get('counter.status', {})).toMatchObject({ rules: { health: 'stop' } });
  });

  it('that grow old are shown with their age; what happens then is the province’s policy', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(province(), 'staleRules=intake-only', 'caps.daysSinceContact=null', 'caps.rulesAgeDays=null');
    await sync(counter);
    counter.line.set('down');
    counter.clock.pass(8 * DAY);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const draft = await prepared(counter, 'AG 2345 KD');
    expect(draft).toMatchObject({ refusals: [{ code: 'RULES_STALE' }], offer: 'intake' });
    expect(await counter.get('counter.status', {})).toMatchObject({ rules: { health: 'old', ageDays: 8 } });
    counter.line.set('pass');
    province().clock.now += 8 * DAY;
    await changePolicy(province(), 'staleRules=warn', 'caps.rulesAgeDays=5');
    await sync(counter);
    const { transactionId } = draft;
    expect((await counter.get('transactions.draft', { transactionId })).refusals).toEqual([]);
    counter.line.set('down');
    counter.clock.pass(6 * DAY);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect((await prepared(counter, 'AG 3456 EF')).refusals.map(({ code }) => code)).toContain('RULES_STALE');
  });
});
