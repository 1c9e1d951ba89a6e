import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { balance, closeExactly, currentId, FLOAT, notes } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { enterAs } from '../../support/at-the-counter.ts';

const folder = useEnrolledFolder();
const working = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

/** Papers of a title, once so many came. */
async function papers(counter: TestCounter, title: string, count: number) {
  const found = () => counter.printers.papers.filter(({ text }) => text.includes(title));
  await expect.poll(found).toHaveLength(count);
  return found();
}

const proofOf = (paper: Awaited<ReturnType<typeof papers>>[number] | undefined) => {
  const codes = paper?.document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])) ?? [];
  return decodeSlipProof(codes[0] ?? '');
};

describe('the closing slip', () => {
  it('says the count by denomination, every sum, the place in the chain, and proves them by its QR', async () => {
    const counter = await working();
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const cashSessionId = await currentId(counter);
    const counts = notes(FLOAT + payable - 500);
    await counter.get('cash-session.count', { cashSessionId, counts });
    const closed = await counter.get('cash-session.close', { cashSessionId });
    const [paper] = await papers(counter, 'SLIP TUTUP KAS', 1);
    const text = paper?.text ?? '';
    for (const words of [
      'SELISIH',
      'Kurang Rp500',
      'Masuk brankas',
      'Petugas:',
      'Pengawas:',
      closed.head.slice(0, 4),
    ]) {
      expect(text).toContain(words);
    }
    for (const { denomination, count } of counts) {
      expect(text).toContain(`${count} x Rp${denomination.toLocaleString('id-ID')}`);
    }
    const statement = proofOf(paper)?.statement;
    const { firstSeq, lastSeq, head } = closed;
    expect(statement).toMatchObject({
      kind: 'cash-close',
      subjectId: cashSessionId,
      drawer: {
        firstSeq,
        lastSeq,
        head,
        float: FLOAT,
        sales: payable,
        voids: 0,
        refunds: 0,
        expected: FLOAT + payable,
        counted: FLOAT + payable - 500,
        toSafe: payable - 500,
      },
    });
    const [row] = counter.rows('SELECT seq, hash FROM entry WHERE seq = ?', lastSeq);
    expect(row?.['hash']).toBe(head);
    expect(statement?.seq).toBe(lastSeq + 1);
    expect(closed.printJobId).not.toBeNull();
  });

  it('stands on paper after a nil session too, and no second original comes of a repeated close', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    await counter.get('cash-session.open', { float: [] });
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: [] });
    const first = await counter.get('cash-session.close', { cashSessionId });
    const again = await counter.get('cash-session.close', { cashSessionId });
    expect(again.printJobId).toBe(first.printJobId);
    const [paper] = await papers(counter, 'SLIP TUTUP KAS', 1);
    expect(paper?.text).toContain('Tidak ada layanan dalam sesi ini.');
    expect(proofOf(paper)?.statement.drawer).toMatchObject({ counted: 0, expected: 0, toSafe: 0, sales: 0 });
  });

  it('is printed again as SALINAN n with its reason, also on A4 and after a restart, and proves the same', async () => {
    const counter = await working();
    const cashSessionId = await closeExactly(counter);
    const [original] = await papers(counter, 'SLIP TUTUP KAS', 1);
    const reason = 'kertas pertama sobek';
    expect(await counter.get('cash-session.print-slip', { cashSessionId, reason })).toMatchObject({
      kind: 'cash-close',
      copyNo: 1,
    });
    await papers(counter, 'SALINAN 1', 1);
    const later = await afterPowerCut(counter);
    await enterAs(later, 'petugas-1');
    const a4 = { cashSessionId, reason, sheet: 'a4' } as const;
    expect(await later.get('cash-session.print-slip', a4)).toMatchObject({ copyNo: 2 });
    const [copy] = await papers(later, 'SALINAN 2', 1);
    expect(copy?.text).toContain(reason);
    expect(proofOf(copy)).toEqual(proofOf(original));
  });

  it('is of a session that is closed', async () => {
    const counter = await working();
    const asked = { cashSessionId: await currentId(counter), reason: 'ingin melihat' };
    expect(await counter.refusal('cash-session.print-slip', asked)).toMatchObject({ code: 'NOT_FOUND' });
    expect(balance(counter, 'cash-drawer')).toBe(FLOAT);
  });
});
