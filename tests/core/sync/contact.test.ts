import { describe, expect, it } from 'vitest';
import { helloAnswerSchema, SIGNATURE_CONTEXT } from '../../../src/contract/sync-protocol.ts';
import { verifiedKeys } from '../../../src/main/core/sync/link.ts';
import { signedBy } from '../../../src/province/keys/key-ring.ts';
import { enterAs, openForBusiness, prepared, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { CAPTIVE_PORTAL, type Fate, provinceError } from '../../support/test-line.ts';
import { signingPair } from '../../support/test-receipt.ts';

const HELLO = '/v1/hello';
type Hello = ReturnType<typeof helloAnswerSchema.parse>;

/** Longer than a key of the province lives. */
const KEY_LIFE_MS = 6 * 365 * 86_400_000;

/** Changes the answer to the hello on its way. */
function hello(change: (said: Hello) => unknown): Fate {
  return {
    bend: (answer) => ({
      ...answer,
      body: JSON.stringify(change(helloAnswerSchema.parse(JSON.parse(answer.body)))),
    }),
  };
}

/** A restart forgets the link, so the next contact says hello. */
const fresh = (counter: TestCounter): Promise<TestCounter> => restarted(counter);

describe('a contact with the province', () => {
  const province = useProvince();

  it('is not believed without its signed time, bound to this very question', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    const { signing } = province().province.context.keys;
    const stranger = signingPair();
    const anchorOf = (said: Hello) => JSON.parse(said.timeAnchor.text) as { nonce: string; serverTime: number };
    const lies: readonly (readonly [string, (said: Hello) => unknown])[] = [
      [
        'ANCHOR_SIGNATURE',
        (said) => ({ ...said, timeAnchor: { ...said.timeAnchor, text: said.timeAnchor.text.replace('1', '2') } }),
      ],
      [
        'ANCHOR_SIGNATURE',
        (said) => ({ ...said, timeAnchor: { ...said.timeAnchor, keyId: stranger.publicKey.slice(0, 12) } }),
      ],
      ['ANCHOR_SIGNATURE', (said) => ({ ...said, keys: [] })],
      [
        // The key has ended by then.
        'ANCHOR_SIGNATURE',
        (said) => ({
          ...said,
          timeAnchor: signedBy(signing, SIGNATURE_CONTEXT.timeAnchor, {
            ...anchorOf(said),
            serverTime: anchorOf(said).serverTime + KEY_LIFE_MS,
          }),
        }),
      ],
      [
        'ANCHOR_NONCE',
        (said) => ({
          ...said,
          timeAnchor: signedBy(signing, SIGNATURE_CONTEXT.timeAnchor, {
            ...anchorOf(said),
            nonce: 'AAAAAAAAAAA',
            radiusMs: 1,
          }),
        }),
      ],
      ['ANSWER_SHAPE', () => ({ hello: 'world' })],
    ];
    for (const [reason, lie] of lies) {
      counter.line.next(HELLO, hello(lie));
      const refused = await counter.refusal('outbox.send-now', {});
      expect(refused).toEqual({ code: 'PROVINCE_ANSWER_INVALID', details: { reason } });
    }
    await sync(counter);
    expect(await counter.get('counter.status', {})).toMatchObject({
      clock: { trust: 'anchored' },
      line: { online: true },
    });
  });

  it('believes a statement of a key by its signature, also beside the same one that it believed', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    const heard: Hello['keys'][] = [];
    counter.line.next(
      HELLO,
      hello((said) => {
        heard.push(said.keys);
        return said;
      }),
    );
    await sync(counter);
    const keys = heard.flat();
    const rootKey = String(counter.rows('SELECT root_key FROM device')[0]?.['root_key']);
    expect(verifiedKeys(keys, rootKey)).toHaveLength(keys.length);
    const forged = keys.map(({ text, sig }) => ({ text, sig: `${sig.startsWith('A') ? 'B' : 'A'}${sig.slice(1)}` }));
    expect(verifiedKeys(forged, rootKey)).toEqual([]);
    const bent = keys.map(({ text, sig }) => ({ text: text.replace('"revoked":false', '"revoked":true'), sig }));
    expect(verifiedKeys(bent, rootKey)).toEqual([]);
    expect(verifiedKeys(keys, signingPair().publicKey)).toEqual([]);
    expect(verifiedKeys(keys, rootKey)).toHaveLength(keys.length);
  });

  it('greets anew before a token ends, and sends none that has: nothing is refused for it', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    await sync(counter);
    const asked = async (): Promise<readonly string[]> => {
      const before = counter.line.requests.length;
      await sync(counter);
      return counter.line.requests.slice(before);
    };
    counter.clock.pass(3_530_000);
    province().clock.now += 3_530_000;
    expect(await asked()).not.toContain('POST /v1/hello');
    counter.clock.pass(11_000);
    province().clock.now += 11_000;
    const [first, second, ...rest] = await asked();
    expect([first, second]).toEqual(['POST /v1/challenge', 'POST /v1/hello']);
    expect(rest.filter((path) => path.startsWith('POST /v1/challenge'))).toEqual([]);
  });

  it('waits for the refusal where the province says of its own token that it has ended', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    counter.line.next(
      HELLO,
      hello((said) => ({ ...said, tokenExpiresAt: 1 })),
    );
    await sync(counter);
    const before = counter.line.requests.length;
    await sync(counter);
    expect(counter.line.requests.slice(before)).not.toContain('POST /v1/hello');
  });

  it('gives the time until the computer restarts, also over a restart of the program', async () => {
    const counter = await enrolledCounter(province());
    const at = province().clock.now;
    // Somebody sets the computer's clock back by a week; the counter does not care.
    counter.clock.setWall(at - 7 * 86_400_000);
    counter.clock.pass(60_000);
    const again = await fresh(counter);
    again.line.set('down');
    expect(await again.get('counter.status', {})).toMatchObject({
      clock: { trust: 'anchored', now: at + 60_000, today: '2026-03-10' },
    });
    await openForBusiness(again);
    const { transactionId } = await sellOffline(again, 'AG 2345 KD');
    expect(await again.get('transactions.get', { transactionId })).toMatchObject({
      timeTrust: 'anchored',
      row: { paidOn: '2026-03-10' },
    });
    again.clock.reboot(60_000);
    const rebooted = await fresh(again);
    const { clock } = await rebooted.get('counter.status', {});
    expect(clock.trust).not.toBe('anchored');
    expect(clock.now).toBeGreaterThanOrEqual(at + 60_000);
  });

  it('that forbids selling forbids it after a restart without a line too, and only until it allows it again', async () => {
    for (const action of ['STOP_SELLING', 'REENROL', 'CLONE'] as const) {
      const counter = await fresh(await enrolledCounter(province()));
      counter.line.next(
        HELLO,
        hello((said) => ({ ...said, action })),
      );
      await sync(counter);
      const offline = await fresh(counter);
      offline.line.set('down');
      await openForBusiness(offline);
      const draft = await prepared(offline, 'AG 1111 HI');
      expect(draft, action).toMatchObject({ refusals: [{ code: 'SELLING_STOPPED' }], offer: 'intake' });
      expect(await offline.get('counter.status', {}), action).toMatchObject({
        sellingStopped: [{ code: 'SELLING_STOPPED' }],
      });
      // Custody, papers and arrivals go on.
      await offline.get('transactions.record-arrival', { transactionId: draft.transactionId });
      const online = await fresh(offline);
      online.line.set('pass');
      expect(await sync(online), action).toMatchObject({ unsent: 0 });
      await enterAs(online, 'petugas-1');
      expect((await prepared(online, 'AG 1111 HI')).refusals, action).toEqual([]);
    }
  });

  it('ends with the certificate: an expired device sells nothing and sends everything', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await sellOffline(counter, 'W 1818 QT');
    const [device] = counter.rows('SELECT certificate FROM device');
    const { certificate } = JSON.parse(String(device?.['certificate'])) as { certificate: { notAfter: number } };
    const left = certificate.notAfter - counter.clock.wallMs() + 1;
    counter.clock.pass(left);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect(await counter.get('counter.status', {})).toMatchObject({ sellingStopped: [{ code: 'SELLING_STOPPED' }] });
    province().clock.now += left;
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
    province().clock.now -= left;
  });

  it('is none where a captive portal, a proxy or a page of the operator answers', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    const answers = [
      CAPTIVE_PORTAL,
      { ...CAPTIVE_PORTAL, status: 302, headers: { location: 'http://wifi.id' } },
      { ...CAPTIVE_PORTAL, status: 404 },
      { ...CAPTIVE_PORTAL, status: 502 },
    ];
    for (const answer of answers) {
      counter.line.set({ answer });
      expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ code: 'NO_LINE' });
      expect((await counter.get('counter.status', {})).line.online).toBe(false);
    }
    // JSON that is not the province's is no line that can be trusted either.
    counter.line.set({ answer: { status: 200, body: '{"login":true}', headers: {} } });
    expect((await counter.refusal('outbox.send-now', {})).code).toBe('PROVINCE_ANSWER_INVALID');
  });

  it('is refused in the province’s own words where it refuses', async () => {
    const counter = await fresh(await enrolledCounter(province()));
    counter.line.set({ answer: provinceError(403, 'DEVICE_UNKNOWN') });
    expect(await counter.refusal('outbox.send-now', {})).toEqual({
      code: 'PROVINCE_REFUSED',
      details: { reason: 'DEVICE_UNKNOWN' },
    });
  });
});
