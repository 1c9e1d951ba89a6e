import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { api, type Method } from '../../../src/contract/api.ts';
import { isAuditorsLook, mayAuditorAsk } from '../../../src/contract/auditor-methods.ts';
import { addDays, localDateAt } from '../../../src/domain/local-date.ts';
import { DEFAULT_OUTLET_ID, DEMO_AUDITOR_ID } from '../../../src/province/demo/demo-outlets.ts';
import { giveMandate, revokeMandate } from '../../../src/province/enrolment/mandates.ts';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { DOOR_INPUTS } from '../../support/door-inputs.ts';
import { closeExactly, signInAs } from '../../support/drawer.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { drawnId } from '../../support/drawer.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY_MS = 86_400_000;
const MINUTE = 60_000;
const JAKARTA_OFFSET_MS = 25_200_000;
const LETTER = 'ST/117/ITPROV/2026';
const METHODS = Object.keys(api) as Method[];
const run = promisify(execFile);

const looks = (counter: TestCounter) => counter.bodies('audit.looked');

/** The whole folder checked by what lies in it, with the very command that its guide tells a person to type. */
async function verified(folder: string): Promise<{ code: number; last: Record<string, unknown> }> {
  const lines = readFileSync(join(folder, 'LIHAT-SAYA.txt'), 'utf8').split('\r\n');
  const [command, ...args] =
    lines
      .find((line) => line.startsWith('  node '))
      ?.trim()
      .split(' ') ?? [];
  expect(command).toBe('node');
  const said = await run(process.execPath, args, { cwd: folder }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (fault: { code: number; stdout: string }) => ({ code: fault.code, stdout: fault.stdout }),
  );
  // Each line is one JSON object: the tool promises it.
  const last = JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  return { code: said.code, last };
}

describe('an auditor with a letter', () => {
  const province = useProvince();

  it('may ask what shows him something and nothing else: every other method is refused, one by one', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sellOffline(counter, 'AG 2345 KD');
    await signInAs(counter, DEMO_AUDITOR_ID);
    const entries = () => Number(counter.rows('SELECT count(*) AS n FROM entry')[0]?.['n']);
    const before = entries();
    for (const method of METHODS.filter((one) => !mayAuditorAsk(one))) {
      const input =
        DOOR_INPUTS[method] ?? (api[method].input.safeParse({}).success ? {} : { transactionId: drawnId(1) });
      const answer = await counter.app.dispatch({ id: '1', method, input });
      expect([method, answer.ok || answer.error.code]).toEqual([method, 'FORBIDDEN']);
    }
    expect(entries()).toBe(before);
    const commands = METHODS.filter((one) => mayAuditorAsk(one) && api[one].kind === 'command');
    expect(commands.toSorted()).toEqual([
      'audit.export',
      'device.verify',
      'sign-in.end',
      'sign-in.lock',
      'sign-in.touch',
      'sign-in.unlock',
    ]);
    await counter.get('device.verify');
    // Nobody else has his two.
    await signInAs(counter, 'pengawas');
    expect(await counter.refusal('audit.mandate', {})).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves an entry for each look before he sees anything, and nothing of what he typed', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    await signInAs(counter, DEMO_AUDITOR_ID);
    expect(await counter.get('audit.mandate', {})).toMatchObject({ letter: LETTER });
    await counter.get('counter.status', {});
    expect(looks(counter)).toEqual([]);
    await counter.get('transactions.search', { text: 'AG 2345 KD' });
    await counter.get('transactions.get', { transactionId });
    await counter.get('reports.make', { kind: 'day', from: '2026-03-10', to: '2026-03-10' });
    const said = { mandate: LETTER, about: null, from: null, to: null };
    expect(looks(counter)).toEqual([
      { ...said, what: 'transactions.search' },
      { ...said, what: 'transactions.get', about: transactionId },
      { ...said, what: 'reports.make', from: '2026-03-10', to: '2026-03-10' },
    ]);
    expect(JSON.stringify(looks(counter))).not.toContain('2345');
    // The screen asks again by itself; another question, and the same one a while later, are looks of their own.
    await counter.get('transactions.get', { transactionId });
    expect(looks(counter)).toHaveLength(3);
    await counter.get('transactions.search', { text: 'AG 1111 HI' });
    expect(looks(counter)).toHaveLength(4);
    counter.clock.pass(11 * MINUTE);
    await counter.get('sign-in.unlock', { pin: pinOf(DEMO_AUDITOR_ID) });
    await counter.get('transactions.get', { transactionId });
    expect(looks(counter)).toHaveLength(5);
    // Every read of his but the frame's own is one.
    const quiet = METHODS.filter((one) => mayAuditorAsk(one) && !isAuditorsLook(one) && api[one].access !== 'public');
    expect(quiet.toSorted()).toEqual([
      'audit.export',
      'audit.mandate',
      'documents.space',
      'printing.printers',
      'reports.places',
      'services.list',
    ]);
  });

  it('gets in on the days of his letter only, and is out when it is taken back', async () => {
    const { context } = province().province;
    const counter = await enrolledCounter(province());
    const today = localDateAt(province().clock.now);
    const late = { officerId: 'pemeriksa-bpk', letter: 'BPK/1', outletIds: [DEFAULT_OUTLET_ID] };
    const given = await giveMandate(
      context,
      { ...late, from: addDays(today, 2), to: addDays(today, 2) },
      'Auditor BPK',
    );
    if (!given.ok || given.value.pin === null) throw new Error('a new auditor has a PIN');
    const { pin } = given.value;
    const signIn = () => counter.ask('sign-in.begin', { officerId: 'pemeriksa-bpk', pin });
    const names = async () => (await counter.get('sign-in.officers', {})).map(({ officerId }) => officerId);
    expect(await signIn()).toMatchObject({ ok: false, error: { code: 'OFFICER_UNKNOWN' } });
    await sync(counter);
    expect(await names()).not.toContain('pemeriksa-bpk');
    expect(await signIn()).toMatchObject({ error: { code: 'OFFICER_SUSPENDED', details: { letter: 'BPK/1' } } });
    counter.clock.pass(2 * DAY_MS);
    expect(await names()).toContain('pemeriksa-bpk');
    expect(await signIn()).toMatchObject({ ok: true });
    await counter.get('cash.standing', {});
    expect(looks(counter).at(-1)).toMatchObject({ mandate: 'BPK/1', what: 'cash.standing' });
    // His last day ends while he sits there with the screen open: the next look is refused, and the screen is locked.
    const untilMidnight = DAY_MS - ((counter.clock.wallMs() + JAKARTA_OFFSET_MS) % DAY_MS);
    counter.clock.pass(untilMidnight - 2 * MINUTE);
    await counter.get('sign-in.unlock', { pin });
    await counter.get('counter.today', {});
    counter.clock.pass(3 * MINUTE);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: false });
    const count = looks(counter).length;
    expect(await counter.refusal('outbox.view', {})).toMatchObject({ code: 'SCREEN_LOCKED' });
    expect(looks(counter)).toHaveLength(count);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
    expect(await counter.refusal('sign-in.unlock', { pin })).toMatchObject({ code: 'OFFICER_SUSPENDED' });
    await counter.get('sign-in.end', {});
    const again = { ...late, letter: 'BPK/2', from: today, to: addDays(today, 30) };
    expect(await giveMandate(context, again)).toMatchObject({ ok: true, value: { pin: null } });
    await sync(counter);
    expect(await signIn()).toMatchObject({ ok: true });
    await counter.get('sign-in.end', {});
    expect(await revokeMandate(context, 'pemeriksa-bpk', 'BPK/2')).toEqual({ ok: true, value: 1 });
    // What was taken back stays so, and the older letter is over by itself.
    expect(await revokeMandate(context, 'pemeriksa-bpk', 'BPK/2')).toMatchObject({ error: 'MANDATE_UNKNOWN' });
    await sync(counter);
    expect(await signIn()).toMatchObject({ error: { code: 'OFFICER_SUSPENDED' } });
  });

  it('is given by the province only with a name, outlets that exist, days in order and a letter of its own', async () => {
    const { context } = province().province;
    const today = localDateAt(province().clock.now);
    const good = { officerId: 'pemeriksa-2', letter: 'L/1', from: today, to: today, outletIds: [DEFAULT_OUTLET_ID] };
    const errorOf = async (change: object, name: string | null = 'Auditor') => {
      const given = await giveMandate(context, { ...good, ...change }, name);
      return given.ok ? 'ok' : given.error;
    };
    expect(await errorOf({}, null)).toBe('NAME_MISSING');
    expect(await errorOf({ outletIds: ['3506-999'] })).toBe('OUTLET_UNKNOWN');
    expect(await errorOf({ outletIds: [] })).toBe('OUTLET_UNKNOWN');
    expect(await errorOf({ to: addDays(today, -1) })).toBe('DAYS_WRONG');
    expect(await errorOf({ officerId: 'pengawas' })).toBe('NOT_AN_AUDITOR');
    expect(await errorOf({})).toBe('ok');
    expect(await errorOf({})).toBe('LETTER_USED');
    const change = context.db.updateTable('auditor_mandate').set({ to_on: addDays(today, 99) });
    await expect(change.execute()).rejects.toThrow('never changed');
    await expect(context.db.deleteFrom('auditor_mandate').execute()).rejects.toThrow('never changed or deleted');
  });

  it('takes a folder along that verifies by itself, holds no person, and shows every change', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sellOffline(counter, 'AG 2345 KD');
    await sync(counter);
    await closeExactly(counter);
    await signInAs(counter, DEMO_AUDITOR_ID);
    const [own] = await counter.get('reports.places', {});
    const asked = { from: '2026-03-10', to: '2026-03-10', folder: own?.folder ?? '' };
    const exported = await counter.get('audit.export', asked);
    expect(readdirSync(exported.folder).toSorted()).toEqual(exported.files.map(({ name }) => name).toSorted());
    expect(counter.bodies('audit.exported')).toEqual([
      {
        exportId: exported.exportId,
        mandate: LETTER,
        from: asked.from,
        to: asked.to,
        files: exported.files,
        entries: exported.entries,
      },
    ]);
    const guide = readFileSync(join(exported.folder, 'LIHAT-SAYA.txt'), 'utf8');
    const { rootKey } = await counter.get('audit.mandate', {});
    expect(rootKey).toBe(province().province.context.keys.root.publicKey);
    for (const words of [LETTER, rootKey, 'node verify.mjs journal', DEFAULT_OUTLET_ID]) expect(guide).toContain(words);
    expect(await verified(exported.folder)).toMatchObject({ code: 0, last: { ok: true } });
    const list = readFileSync(join(exported.folder, 'daftar-masa.csv'), 'utf8').trim().split('\r\n');
    expect(list).toHaveLength(exported.periodEntries + 1);
    const journal = readFileSync(join(exported.folder, 'jurnal.ndjson'), 'utf8');
    for (const line of list.slice(1)) expect(journal).toContain(line.split(';').at(-1) ?? '');
    const all = readdirSync(exported.folder).map((name) => readFileSync(join(exported.folder, name), 'utf8'));
    for (const person of ['Budi Pembayar', '081234567890', '2345']) expect(all.join('')).not.toContain(` ${person} `);
    expect(all.join('')).not.toContain('Budi Pembayar');
    // One digit of one amount.
    writeFileSync(join(exported.folder, 'jurnal.ndjson'), journal.replace('amount\\":2', 'amount\\":3'));
    expect((await verified(exported.folder)).code).toBe(2);
    // Another folder than the ones that are offered, and days in the wrong order, write nothing.
    const outside = { ...asked, folder: '/tmp' };
    expect(await counter.refusal('audit.export', outside)).toMatchObject({ details: { reason: 'OUTSIDE' } });
    const backwards = { ...asked, from: '2026-03-11' };
    expect(await counter.refusal('audit.export', backwards)).toMatchObject({ code: 'REPORT_PERIOD_INVALID' });
    expect(counter.bodies('audit.exported')).toHaveLength(1);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
  });
});
