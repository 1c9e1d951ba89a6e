import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeReceiptProof, RECEIPT_CONTEXT } from '../../src/contract/receipt-statement.ts';
import { drawerFiguresSchema, encodeSlipProof, SLIP_CONTEXT } from '../../src/contract/slip-statement.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { hasState, slipRows, slipStateWords, slipWordsOf } from '../../src/province/receipt-page/page/slip-words.ts';
import { verifyReceiptText } from '../../src/province/receipt-page/page/verify-receipt.ts';
import { type SlipVerdict, verifySlipText } from '../../src/province/receipt-page/page/verify-slip.ts';
import { openForBusiness, prepared, sync } from '../support/at-the-counter.ts';
import { enrolledCounter } from '../support/enrolled-counter.ts';
import { paperOf, paperWorld, signingPair } from '../support/test-receipt.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';
import { slipJudgedByNode, slipOf } from '../support/test-slip.ts';

const world = paperWorld();
const roots = [world.root.publicKey];
const genuine = encodeSlipProof(slipOf(world));
const judged = (text: string, keys: readonly string[] = roots) => verifySlipText(text, keys);
const wordsOf = (verdict: SlipVerdict) => {
  if (verdict.verdict === 'no-slip') throw new Error('this is no slip');
  return slipWordsOf(verdict);
};

describe('the page’s verifier of slips', () => {
  it('believes a genuine slip of every kind, as a bare text and as an address', () => {
    for (const kind of ['arrival', 'application', 'hand-over', 'ticket'] as const) {
      const promisedOn = kind === 'application' ? ('2026-03-24' as LocalDate) : null;
      const text = encodeSlipProof(slipOf(world, { kind, promisedOn, subject: 'Balik nama Ø & "lain"' }));
      expect(judged(text), kind).toMatchObject({ verdict: 'genuine', slip: { statement: { kind, promisedOn } } });
      expect(judged(` https://opop.example/t#${text}\n`).verdict).toBe('genuine');
    }
  });

  it('believes the slips of a drawer with every figure on them, and no figure that was edited', () => {
    const drawer = drawerFiguresSchema.parse({
      firstSeq: 3,
      lastSeq: 42,
      head: `${'A'.repeat(42)}E`,
      pieces: [4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      float: 200_000,
      sales: 250_000,
      voids: 0,
      refunds: 0,
      rounding: 50,
      expected: 450_000,
      counted: 450_000,
      toSafe: 250_000,
    });
    for (const kind of ['cash-close', 'drawer-hand-over', 'cash-inspection'] as const) {
      const text = encodeSlipProof(slipOf(world, { kind, drawer }));
      const verdict = judged(text);
      expect(verdict, kind).toMatchObject({ verdict: 'genuine', slip: { statement: { kind, drawer } } });
      if (verdict.verdict !== 'genuine') throw new Error('it is genuine');
      expect(JSON.stringify(slipRows(verdict.slip, 'Gerai Ponpes'))).toContain('450.000');
      const richer = text.replace('+450000+450000+', '+450000+440000+');
      expect(richer).not.toBe(text);
      expect(judged(richer)).toEqual({ verdict: 'forged', reason: 'STATEMENT_FORGED' });
    }
    expect(judged(encodeSlipProof(slipOf(world, { kind: 'courier', subject: 'Rp300.000' })))).toMatchObject({
      verdict: 'genuine',
      slip: { statement: { kind: 'courier', subject: 'Rp300.000' } },
    });
  });

  it('refuses every edited field', () => {
    const parts = genuine.split('.');
    const edits = [
      [4, '44'],
      [5, 'p'],
      [7, '3506-017-01-1SR-000044-XQ'],
      [8, 'AG_2345_%C3%98E'],
      [9, '20260301+'],
      [9, '20260310+20260320'],
      [10, 'r'],
    ] as const;
    for (const [index, value] of edits) {
      expect(judged(parts.with(index, value).join('.')), `part ${String(index)}`).toEqual({
        verdict: 'forged',
        reason: 'STATEMENT_FORGED',
      });
    }
  });

  it('refuses another root, another device’s certificate, an ended one, a revoked key, and a day that has not come', () => {
    expect(judged(genuine, [signingPair().publicKey])).toEqual({ verdict: 'forged', reason: 'OTHER_ROOT' });
    const mixed = encodeSlipProof({ ...slipOf(world), certificate: slipOf(paperWorld(world.root)).certificate });
    expect(judged(mixed)).toEqual({ verdict: 'forged', reason: 'CERTIFICATE_FORGED' });
    const ended = encodeSlipProof(slipOf(paperWorld(world.root, Date.UTC(2026, 2, 1))));
    expect(judged(ended)).toEqual({ verdict: 'forged', reason: 'CERTIFICATE_EXPIRED' });
    expect(verifySlipText(genuine, roots, undefined, [world.device.publicKey])).toEqual({
      verdict: 'forged',
      reason: 'KEY_REVOKED',
    });
    const late = encodeSlipProof(slipOf(world, { on: '2026-03-13' as LocalDate }));
    expect(verifySlipText(late, roots, Date.UTC(2026, 2, 10))).toEqual({ verdict: 'forged', reason: 'DATED_LATER' });
  });

  it('takes no receipt for a slip, no slip for a receipt, and no signature of the other kind', () => {
    const receipt = encodeReceiptProof(paperOf(world));
    expect(judged(receipt)).toEqual({ verdict: 'no-slip' });
    expect(verifyReceiptText(genuine, roots)).toEqual({ verdict: 'no-receipt' });
    for (const context of [RECEIPT_CONTEXT, 'opop/entry/1\0', 'opop/hello/1\0']) {
      expect(judged(encodeSlipProof(slipOf(world, {}, context)))).toEqual({
        verdict: 'forged',
        reason: 'STATEMENT_FORGED',
      });
    }
    expect(SLIP_CONTEXT).not.toBe(RECEIPT_CONTEXT);
  });

  it('knows one spelling of a slip, as the contract’s reader does', () => {
    const parts = encodeSlipProof(slipOf(world, { subject: 'Kartu Keluarga', number: '12' })).split('.');
    const spellings = [
      [2, '01'],
      [4, '+43'],
      [7, '1%32'],
      [8, 'Kartu%20Keluarga'],
      [8, '%4Bartu_Keluarga'],
      [8, '%FF'],
      [9, '20260310'],
      [9, '20260310++'],
      [15, `${parts[15] ?? ''}+7`],
    ] as const;
    expect(judged(parts.join('.')).verdict).toBe('genuine');
    for (const [index, spelling] of spellings) {
      const text = parts.with(index, spelling).join('.');
      expect([judged(text).verdict, slipJudgedByNode(text, roots)], spelling).toEqual(['no-slip', 'no-slip']);
    }
  });

  it('gives the same verdict as the contract’s reader and Node’s cryptography on any damage', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+%';
    const words = fc.string({ unit: 'grapheme', maxLength: 20 });
    const kinds = fc.constantFrom('replace', 'remove', 'insert', 'none');
    fc.assert(
      fc.property(words, fc.nat(), kinds, fc.constantFrom(...letters), (subject, where, kind, letter) => {
        const text = encodeSlipProof(slipOf(world, { subject }));
        const at = where % text.length;
        const cut: Readonly<Record<string, string>> = {
          replace: letter + text.slice(at + 1),
          remove: text.slice(at + 1),
          insert: letter + text.slice(at),
          none: text.slice(at),
        };
        const damaged = text.slice(0, at) + (cut[kind] ?? '');
        expect(judged(damaged).verdict).toBe(slipJudgedByNode(damaged, roots));
      }),
      { numRuns: 150 },
    );
  });
});

describe('the words about a slip', () => {
  it('say ASLI with the day and what the paper is worth, and that no money was paid', () => {
    expect(wordsOf(judged(genuine))).toEqual({
      tone: 'good',
      mark: '✓',
      headline: 'ASLI',
      meaning:
        'Bukti kedatangan asli: pemilik kertas ini datang 10 Mar 2026. Sanksi dihitung dari tanggal itu. Ini bukan bukti bayar.',
    });
    const promised = slipOf(world, { kind: 'application', promisedOn: '2026-03-24' as LocalDate });
    expect(wordsOf(judged(encodeSlipProof(promised))).meaning).toContain('Perkiraan selesai 24 Mar 2026');
    expect(wordsOf(judged(genuine, [])).headline).toBe('TIDAK ASLI');
    const revoked = verifySlipText(genuine, roots, undefined, [world.device.publicKey]);
    expect(wordsOf(revoked)).toMatchObject({ tone: 'warning', headline: 'TIDAK DAPAT DIPASTIKAN' });
  });

  it('list what the paper says, with how far its time can be believed', () => {
    const verdict = judged(encodeSlipProof(slipOf(world, { timeTrust: 'suspect' })));
    const rows = verdict.verdict === 'genuine' ? slipRows(verdict.slip, 'Gerai Ponpes') : [];
    expect(rows.map(([name, value]) => `${name}: ${value}`)).toEqual([
      'Kertas: Bukti kedatangan',
      'Nomor: 3506-017-01-1SR-000043-XQ',
      'Untuk: AG 2345 ØD',
      'Datang: 10 Mar 2026',
      'Dasar waktu: jam komputer gerai diragukan',
      'Gerai: Gerai Ponpes',
      'Nomor urut di gerai: 43',
    ]);
  });

  it('say where the papers stand, and without a line that nobody could be asked', () => {
    expect(slipStateWords('application', 'ready')).toBe('Hasilnya sudah siap diambil di gerai.');
    expect(slipStateWords('arrival', 'in-custody')).toBe('Sudah tercatat di Bapenda.');
    expect(slipStateWords('application', null)).toMatch(/^Tanpa koneksi/);
    expect(slipStateWords('application', 'constructor')).toBe('Sudah tercatat di Bapenda.');
    expect([hasState('ticket'), hasState('hand-over')]).toEqual([false, false]);
    expect(slipStateWords('ticket', null)).toMatch(/sudah lengkap/);
  });
});

describe('the province about a slip', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await openTestProvince();
  });
  afterAll(() => province.close());
  const stateOf = (id: string) => province.server.inject({ url: `/v1/slips/${id}/state` });

  it('knows an arrival once its entry is in custody, and says nothing of a person', async () => {
    const counter = await openForBusiness(await enrolledCounter(province));
    const { transactionId } = await prepared(counter, 'AG 2345 KD');
    const { arrival } = await counter.get('transactions.record-arrival', { transactionId });
    const before = await stateOf(arrival.arrivalId);
    expect(before.json()).toEqual({ state: 'unknown' });
    await sync(counter);
    const after = await stateOf(arrival.arrivalId);
    expect(after.json()).toEqual({ state: 'in-custody' });
    expect(after.headers['access-control-allow-origin']).toBe('*');
    const qr = counter.printers.papers.at(-1)?.document.blocks.find((block) => block.kind === 'qr')?.payload ?? '';
    const printed = verifySlipText(qr, [province.province.context.keys.root.publicKey], counter.clock.wallMs());
    expect(printed).toMatchObject({ verdict: 'genuine', slip: { statement: { subjectId: arrival.arrivalId } } });
  });

  it('answers nothing but an id, and nobody who asks too often', async () => {
    expect((await stateOf('halo')).statusCode).toBe(400);
    expect((await stateOf('019cd5af-0000-7000-8000-000000000000')).json()).toEqual({ state: 'unknown' });
    const narrow = await openTestProvince({ limits: { enrol: 1, challenge: 1, receipts: 2 } });
    const ask = () => narrow.server.inject({ url: '/v1/slips/019cd5af-0000-7000-8000-000000000000/state' });
    expect([(await ask()).statusCode, (await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 200, 429]);
    await narrow.close();
  });

  it('serves the verifier of slips in the same one page', async () => {
    const { body } = await province.server.inject({ url: '/t' });
    expect(body).toContain('/v1/slips');
    expect(body).toContain('page/verify-slip.ts');
  });
});
