import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openForBusiness, pinOf, sellOffline, wrongPinOf } from '../../support/at-the-counter.ts';
import { balance, closeExactly, currentId, drawnId, FLOAT, notes, signInAs } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const folder = useEnrolledFolder();
const SUPERVISOR = { officerId: 'pengawas', pin: pinOf('pengawas') };

async function soldOne(): Promise<{ counter: TestCounter; payable: number; cashSessionId: string }> {
  const counter = await openForBusiness(await copiedCounter(folder()));
  const { payable } = await sellOffline(counter, 'AG 2345 KD');
  return { counter, payable, cashSessionId: await currentId(counter) };
}

const asked = (cashSessionId: string, amount: number, n = 1) => ({
  inspectionId: drawnId(n),
  cashSessionId,
  counts: notes(amount),
  supervisor: SUPERVISOR,
});

const minutes = (counter: TestCounter) =>
  counter.printers.papers.filter(({ text }) => text.includes('BERITA ACARA PEMERIKSAAN KAS'));

describe('a surprise inspection of the cash', () => {
  it('is one entry without ledger lines, prints its minutes after it, and the session goes on as it was', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const before = await counter.get('cash-session.current', {});
    const found = await counter.get('cash-inspection.count', asked(cashSessionId, FLOAT + payable - 5_000));
    expect(found).toMatchObject({
      officerName: 'Siti Aminah',
      drawer: { counted: FLOAT + payable - 5_000, expected: FLOAT + payable, variance: -5_000 },
      safe: null,
      varianceState: 'open',
    });
    expect(await counter.get('cash-session.current', {})).toEqual(before);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ officerId: 'petugas-1', locked: false });
    expect(balance(counter, 'cash-drawer')).toBe(FLOAT + payable);
    expect(balance(counter, 'variance')).toBe(0);
    const [body, ...more] = counter.bodies('cash.inspected');
    expect(more).toEqual([]);
    expect(body).toMatchObject({ cashSessionId, officerId: 'petugas-1', tolerance: 1000, safe: null });
    expect(JSON.stringify(body)).not.toContain('ledgerLines');
    const [entry] = counter.rows("SELECT seq, officer_id, prev FROM entry WHERE type = 'cash.inspected'");
    expect(entry).toMatchObject({ seq: found.seq, officer_id: 'pengawas', prev: found.head });

    await expect.poll(() => minutes(counter)).toHaveLength(1);
    const [paper] = minutes(counter);
    for (const words of [
      'Siti Aminah',
      found.inspectorName,
      found.inspectionNumber,
      'Kurang Rp5.000',
      'Pengawas,',
      'Petugas,',
    ])
      expect(paper?.text).toContain(words);
    const [qr] = paper?.document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])) ?? [];
    expect(decodeSlipProof(qr ?? '')?.statement).toMatchObject({
      kind: 'cash-inspection',
      number: found.inspectionNumber,
      drawer: { counted: FLOAT + payable - 5_000, expected: FLOAT + payable, toSafe: 0, head: found.head },
    });
    // The same again answers what stands; a further paper is a copy with its reason and says the same.
    const again = await counter.get('cash-inspection.count', asked(cashSessionId, 1000));
    expect(again).toMatchObject({ seq: found.seq, drawer: found.drawer, printJobId: found.printJobId });
    await sellOffline(counter, 'AG 3456 EF');
    const copy = await counter.get('cash.print-slip', { seq: found.seq, reason: 'yang pertama basah' });
    expect(copy).toMatchObject({ kind: 'cash-inspection', copyNo: 1 });
    await expect.poll(() => minutes(counter)).toHaveLength(2);
    for (const words of [qr ?? '', 'yang pertama basah', 'Kurang Rp5.000'])
      expect(minutes(counter)[1]?.text).toContain(words);
    // The officer serves on and closes to the rupiah: the ledger never moved.
    await closeExactly(counter);
    expect((await counter.get('cash.standing', {})).lastClosed).toMatchObject({ variance: 0 });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('becomes a case above the tolerance, which neither its inspector nor the officer explains', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const exact = await counter.get('cash-inspection.count', asked(cashSessionId, FLOAT + payable));
    expect(exact.varianceState).toBe('none');
    const tolerated = await counter.get('cash-inspection.count', asked(cashSessionId, FLOAT + payable - 100, 2));
    expect(tolerated.varianceState).toBe('tolerated');
    expect((await counter.get('exceptions.list', {})).filter(({ inspectionId }) => inspectionId !== null)).toEqual([]);
    const open = await counter.get('cash-inspection.count', asked(cashSessionId, FLOAT + payable + 20_000, 3));
    const list = await counter.get('exceptions.list', {});
    expect(list.filter(({ inspectionId }) => inspectionId !== null)).toMatchObject([
      { kind: 'cash-variance', inspectionId: open.inspectionId, difference: 20_000, reason: 'Siti Aminah' },
    ]);
    const words = { inspectionId: open.inspectionId, explanation: 'uang pribadi petugas di laci' };
    expect(await counter.refusal('cash-inspection.explain', words)).toMatchObject({ code: 'FORBIDDEN' });
    await signInAs(counter, 'pengawas');
    expect(await counter.refusal('cash-inspection.explain', words)).toMatchObject({ code: 'CASH_VARIANCE_OWN' });
    const unknown = { ...words, inspectionId: drawnId(99) };
    expect(await counter.refusal('cash-inspection.explain', unknown)).toMatchObject({ code: 'NOT_FOUND' });
    const settled = { ...words, inspectionId: exact.inspectionId };
    expect(await counter.refusal('cash-inspection.explain', settled)).toMatchObject({ code: 'CASH_VARIANCE_SETTLED' });
    // Had another supervisor counted it, this one explains it, once.
    const file = join(counter.config.dataDir, DATABASE_FILE);
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec("UPDATE cash_inspection SET inspected_by = 'pengawas-lain' WHERE variance_state = 'open'");
    handle.close();
    expect(await counter.get('cash-inspection.explain', words)).toMatchObject({ varianceState: 'explained' });
    expect(await counter.refusal('cash-inspection.explain', words)).toMatchObject({ code: 'CASH_VARIANCE_SETTLED' });
    expect(counter.bodies('cash-inspection.explained')).toEqual([{ ...words, variance: 20_000 }]);
    expect((await counter.get('exceptions.list', {})).filter(({ inspectionId }) => inspectionId !== null)).toEqual([]);
    const list2 = await counter.get('cash-inspection.list', {});
    expect(list2.map(({ inspectionId }) => inspectionId)).toEqual([3, 2, 1].map(drawnId));
  });

  it('counts the safe against what may be deposited, beside a drawer that is exact', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    await counter.get('cash.store', { movementId: drawnId(50), amount: payable });
    const found = await counter.get('cash-inspection.count', {
      ...asked(cashSessionId, FLOAT),
      safeCounts: notes(payable - 100_000),
    });
    expect(found).toMatchObject({
      drawer: { variance: 0 },
      safe: { counted: payable - 100_000, expected: payable, variance: -100_000 },
      variance: -100_000,
      varianceState: 'open',
    });
    await expect.poll(() => minutes(counter)[0]?.text).toContain('SELISIH BRANKAS');
  });

  it('is refused without the right supervisor, the open drawer or a possible count, and writes nothing', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const good = asked(cashSessionId, FLOAT + payable);
    const refusedBy = (change: object) => counter.refusal('cash-inspection.count', { ...good, ...change });
    const reason = (of: string) => ({ code: 'APPROVER_REFUSED', details: { reason: of } });
    const wrong = { officerId: 'pengawas', pin: wrongPinOf('pengawas') };
    expect(await refusedBy({ supervisor: wrong })).toMatchObject(reason('PIN_WRONG'));
    const colleague = { officerId: 'petugas-2', pin: pinOf('petugas-2') };
    expect(await refusedBy({ supervisor: colleague })).toMatchObject(reason('NOT_A_SUPERVISOR'));
    const own = { officerId: 'petugas-1', pin: pinOf('petugas-1') };
    expect(await refusedBy({ supervisor: own })).toMatchObject(reason('SAME_PERSON'));
    expect(await refusedBy({ cashSessionId: drawnId(77) })).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    const odd = [{ denomination: 3, count: 1 }];
    expect(await refusedBy({ counts: odd })).toMatchObject({ code: 'CASH_COUNT_INVALID', path: ['counts'] });
    expect(await refusedBy({ safeCounts: odd })).toMatchObject({ code: 'CASH_COUNT_INVALID', path: ['safeCounts'] });
    expect(await refusedBy({ typedTotal: 1 })).toMatchObject({ code: 'CASH_TOTAL_DIFFERS' });
    // Whoever asks learns nothing of what should be there.
    expect(JSON.stringify(await refusedBy({ typedTotal: 1 }))).not.toContain(String(payable));
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + payable), sure: true });
    expect(await refusedBy({})).toMatchObject({ code: 'CASH_SESSION_COUNTED' });
    expect(counter.bodies('cash.inspected')).toEqual([]);
    expect(minutes(counter)).toEqual([]);
  });

  it('stands after a power cut, and a supervisor makes it at his own sign-in as well', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    await signInAs(counter, 'pengawas');
    const found = await counter.get('cash-inspection.count', asked(cashSessionId, FLOAT + payable - 2_000));
    const after = await afterPowerCut(counter);
    await signInAs(after, 'petugas-1');
    expect(await after.get('cash-inspection.list', {})).toMatchObject([{ seq: found.seq, varianceState: 'open' }]);
    expect(await currentId(after)).toBe(cashSessionId);
  });
});
