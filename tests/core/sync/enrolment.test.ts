import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enrolAnswerSchema } from '../../../src/contract/sync-protocol.ts';
import { enterAs } from '../../support/at-the-counter.ts';
import { restarted, useProvince } from '../../support/enrolled-counter.ts';
import { startTestCounter, type TestCounter } from '../../support/test-counter.ts';
import { CAPTIVE_PORTAL, createTestLine } from '../../support/test-line.ts';

const provinceUrl = 'http://province.example/';
const ENROL = '/v1/enrol';

describe('enrolling a device', () => {
  const province = useProvince();
  const open = (config = {}): Promise<TestCounter> =>
    startTestCounter({ line: createTestLine(province().server), config });
  const devices = async (): Promise<number> => {
    const rows = await province().province.context.db.selectFrom('device').select('device_id').execute();
    return rows.length;
  };

  it('gives it its name, its number and its officers, and opens its first epoch', async () => {
    const counter = await open();
    const answer = await counter.get('enrolment.enrol', { provinceUrl, code: await province().code('3518-004') });
    expect(answer).toMatchObject({ outletId: '3518-004', outletName: 'Gerai Ponpes Darul Falah' });
    expect(await counter.get('counter.status', {})).toMatchObject({
      enrolled: true,
      outlet: { outletId: '3518-004', regencyName: 'Kab. Nganjuk' },
      line: { online: true, provinceUrl: 'http://province.example' },
    });
    expect(counter.bodies('epoch.opened')).toMatchObject([
      { reason: 'enrolment', lastProven: null, declaredGap: null },
    ]);
    expect(await counter.get('sign-in.officers', {})).not.toEqual([]);
  });

  it('never sends the code', async () => {
    const counter = await open();
    const code = await province().code();
    const sent: string[] = [];
    const { exchange } = counter.line;
    const spied = await startTestCounter({
      line: {
        ...counter.line,
        exchange: (request) => {
          sent.push(typeof request.body === 'string' ? request.body : '');
          return exchange(request);
        },
      },
    });
    await spied.get('enrolment.enrol', { provinceUrl, code });
    const plain = code.replaceAll('-', '');
    for (const body of sent) {
      expect(body).not.toContain(code);
      expect(body.replaceAll('-', '')).not.toContain(plain.slice(8));
    }
    expect(sent.length).toBeGreaterThan(1);
  });

  it('refuses a code that was mistyped before anything is sent, and says which field', async () => {
    const counter = await open();
    const code = (await province().code()).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    expect(await counter.refusal('enrolment.enrol', { provinceUrl, code })).toEqual({
      code: 'ENROLMENT_CODE_INVALID',
      path: ['code'],
    });
    expect(counter.line.requests).toEqual([]);
  });

  it('refuses a code that was used, and one that has ended', async () => {
    const code = await province().code();
    await (await open()).get('enrolment.enrol', { provinceUrl, code });
    const refused = await (await open()).refusal('enrolment.enrol', { provinceUrl, code });
    expect(refused).toMatchObject({ code: 'ENROLMENT_REFUSED', details: { reason: 'CODE_USED' } });
    const late = await province().code();
    province().clock.now += 25 * 3_600_000;
    const ended = await (await open()).refusal('enrolment.enrol', { provinceUrl, code: late });
    expect(ended).toMatchObject({ code: 'ENROLMENT_REFUSED', details: { reason: 'CODE_EXPIRED' } });
    province().clock.now -= 25 * 3_600_000;
  });

  it('works again with the same code when the first answer was lost', async () => {
    const counter = await open();
    const code = await province().code();
    const before = await devices();
    counter.line.next(ENROL, 'lose-answer');
    expect(await counter.refusal('enrolment.enrol', { provinceUrl, code })).toMatchObject({ code: 'NO_LINE' });
    await counter.get('enrolment.enrol', { provinceUrl, code });
    expect(await devices()).toBe(before + 1);
    await enterAs(counter, 'petugas-1');
  });

  it('makes one working device of two presses with two codes in one moment', async () => {
    const counter = await open();
    const codes = [await province().code(), await province().code()];
    const answers = await Promise.all(codes.map((code) => counter.ask('enrolment.enrol', { provinceUrl, code })));
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.find((one) => !one.ok)).toMatchObject({ error: { code: 'ALREADY_ENROLLED' } });
    // The keys on the disk are those of the device that the province knows.
    const again = await restarted(counter);
    expect(await again.get('outbox.send-now', {})).toMatchObject({ unsent: 0, quarantined: 0 });
  });

  it('is done once: a device is never enrolled over itself', async () => {
    const counter = await open();
    await counter.get('enrolment.enrol', { provinceUrl, code: await province().code() });
    const again = { provinceUrl, code: await province().code() };
    expect(await counter.refusal('enrolment.enrol', again)).toEqual({ code: 'ALREADY_ENROLLED' });
  });

  it('believes no answer of somebody in between, and leaves the folder without a device', async () => {
    const counter = await open();
    const bends: readonly ((said: { text: string; mac: string }) => { text: string; mac: string })[] = [
      (said) => ({ ...said, text: said.text.replace('Al-Hikmah', 'Al-Palsu') }),
      (said) => ({ ...said, mac: 'A'.repeat(43) }),
    ];
    for (const bend of bends) {
      counter.line.next(ENROL, {
        bend: (answer) => ({ ...answer, body: JSON.stringify(bend(enrolAnswerSchema.parse(JSON.parse(answer.body)))) }),
      });
      const refused = await counter.refusal('enrolment.enrol', { provinceUrl, code: await province().code() });
      expect(refused).toMatchObject({ code: 'PROVINCE_ANSWER_INVALID', details: { reason: 'MAC' } });
    }
    expect(counter.rows('SELECT * FROM device')).toEqual([]);
    expect(existsSync(join(counter.config.dataDir, 'keys.json'))).toBe(false);
  });

  it('says that there is no line when there is none, and when a captive portal answers', async () => {
    const counter = await open();
    for (const fate of ['down', 'lose-request', { answer: CAPTIVE_PORTAL }] as const) {
      counter.line.set(fate);
      const refused = await counter.refusal('enrolment.enrol', { provinceUrl, code: await province().code() });
      expect(refused.code).toBe('NO_LINE');
    }
  });

  it('keeps the secrets in a file that only their owner reads', async () => {
    const counter = await open();
    await counter.get('enrolment.enrol', { provinceUrl, code: await province().code() });
    const file = join(counter.config.dataDir, 'keys.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'demo' });
  });

  it('is refused where no key store can keep the secrets', async () => {
    const counter = await open({ mode: 'normal', keyStoreKind: 'demo' });
    const refused = await counter.refusal('enrolment.enrol', { provinceUrl, code: await province().code() });
    expect(refused).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
    expect(counter.rows('SELECT * FROM device')).toEqual([]);
  });
});
