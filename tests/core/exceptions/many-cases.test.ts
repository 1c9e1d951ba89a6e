import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { withBook } from '../../support/emergency-book.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

/** So many on every run; `CASES=2000 npx vitest run tests/core/exceptions/many-cases.test.ts` prints how long each question takes. */
const MANY = Number(process.env['CASES'] ?? '500');
const LOOKS = 9;

/** Makes of one sale with a case many, beside the running counter: as many rows as a counter would have after a bad month. */
function multiply(counter: TestCounter, transactionId: string, times: number): void {
  const file = join(counter.config.dataDir, DATABASE_FILE);
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
  const columns = (table: string, changed: Readonly<Record<string, string>>): string =>
    handle
      .rows(`SELECT name FROM pragma_table_info('${table}')`)
      .map(({ name }) => changed[String(name)] ?? String(name))
      .join(', ');
  const other = `substr(transaction_id, 1, 24) || printf('%012d', n)`;
  const numbers = `(WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < ${String(times)}) SELECT n FROM k)`;
  const sale = {
    transaction_id: other,
    seq: 'seq + 1000000 + n',
    receipt_number: `receipt_number || '-' || n`,
    stands_for: 'NULL',
  };
  const decision = {
    decision_id: `substr(decision_id, 1, 24) || printf('%012d', n)`,
    transaction_id: other,
    text: `json_set(text, '$.transactionId', ${other})`,
  };
  try {
    for (const [table, changed] of Object.entries({ sale, decision })) {
      handle.exec(
        `INSERT INTO ${table} SELECT ${columns(table, changed)} FROM ${table}, ${numbers} WHERE transaction_id = '${transactionId}'`,
      );
    }
  } finally {
    handle.close();
  }
}

describe('a counter where very much needs a person', () => {
  const province = useProvince();

  it('lists every case, counts as many as it lists, and opens each', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'W 1919 SH');
    const held = await sellOffline(counter, 'AE 3333 HD');
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
    const before = await counter.get('exceptions.list', {});
    expect(before.map(({ kind }) => kind).toSorted()).toEqual(['on-hold', 'short']);
    multiply(counter, transactionId, MANY - before.length);

    const list = await counter.get('exceptions.list', {});
    expect(new Set(list.map(({ caseId }) => caseId)).size).toBe(MANY);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: MANY });
    // Each is what it was a copy of, and the others beside it are as they were.
    const short = list.filter(({ kind }) => kind === 'short');
    expect(short).toHaveLength(MANY - 1);
    const [first] = before.filter(({ kind }) => kind === 'short');
    for (const { difference, provinceTotal, outcomes } of short) {
      expect({ difference, provinceTotal, outcomes }).toEqual({
        difference: first?.difference,
        provinceTotal: first?.provinceTotal,
        outcomes: first?.outcomes,
      });
    }
    const page = await counter.get('cases.page', { caseId: `sale-${held.transactionId}` });
    expect(page).toMatchObject({ kind: 'on-hold', isOpen: true, nrkb: 'AE 3333 HD' });
    const opened = await counter.get('cases.open', { caseId: `sale-${transactionId}` });
    const again = await counter.get('exceptions.list', {});
    expect(again.find(({ caseId }) => caseId === `sale-${transactionId}`)?.number).toBe(opened.number);

    if (process.env['CASES'] === undefined) return;
    const timed = async (what: string, ask: () => Promise<unknown>): Promise<void> => {
      const taken: number[] = [];
      for (let look = 0; look < LOOKS; look += 1) {
        const began = performance.now();
        await ask();
        taken.push(performance.now() - began);
      }
      const median = taken.toSorted((left, right) => left - right)[LOOKS >> 1] ?? 0;
      process.stdout.write(`${JSON.stringify({ cases: MANY, what, medianMs: Math.round(median) })}\n`);
    };
    await timed('list', () => counter.get('exceptions.list', {}));
    await timed('page of one', () => counter.get('cases.page', { caseId: `sale-${transactionId}` }));
    await timed('status', () => counter.get('counter.status', {}));
  });
});

describe('a number that nobody can show', () => {
  const province = useProvince();
  const FORM = { form: 'tbpkp', series: 'A' } as const;

  it('is declared missing from its case by a supervisor, in his own name, and the case is closed for everybody', async () => {
    const counter = await withBook(await openForBusiness(await enrolledCounter(province())));
    await counter.get('forms.receive', { ...FORM, from: 1, to: 20, deliveryNote: 'SJ 1/2026' });
    await counter.get('forms.spoil', { ...FORM, serial: 3, reason: 'tinta meleber' });
    await counter.get('emergency.spoil', { bookNumber: 2, reason: 'salah tulis' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    const cases = await counter.get('exceptions.list', {});
    expect(cases.map(({ kind }) => kind).toSorted()).toEqual(['emergency-gap', 'form-gap']);
    for (const { caseId } of cases) {
      // What the sheet of the screen sends is what the page of the case says.
      const { gap, isOpen } = await counter.get('cases.page', { caseId });
      if (gap === null) throw new Error(`${caseId} has numbers`);
      const { form, series, from, to } = gap;
      expect(isOpen).toBe(true);
      const reason = 'sudah dicari bersama petugas';
      await (form === null
        ? counter.get('emergency.declare-missing', { from, to, reason })
        : counter.get('forms.declare-missing', { form, series, from, to, reason }));
      const again =
        form === null
          ? await counter.refusal('emergency.declare-missing', { from, to, reason })
          : await counter.refusal('forms.declare-missing', { form, series, from, to, reason });
      expect(again.code).toBe(form === null ? 'EMERGENCY_NUMBER_USED' : 'FORM_SERIAL_USED');
    }
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    const told = counter.rows(
      `SELECT type, json_extract(text, '$.officerId') AS officer FROM entry
       WHERE type IN ('form.missing', 'emergency-sheet.missing') ORDER BY type`,
    );
    expect(told).toEqual([
      { type: 'emergency-sheet.missing', officer: 'pengawas' },
      { type: 'form.missing', officer: 'pengawas' },
    ]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 0 });
  });
});
