import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { stateWords, wordsOf } from '../../src/province/receipt-page/page/receipt-words.ts';
import { verifyReceiptText } from '../../src/province/receipt-page/page/verify-receipt.ts';
import { judgedByNode, paperOf, paperWorld, signingPair } from '../support/test-receipt.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const world = paperWorld();
const roots = [world.root.publicKey];
const genuine = encodeReceiptProof(paperOf(world));

describe('the verifier of the receipt page', () => {
  it('believes a genuine paper, as a bare text and as an address', () => {
    expect(verifyReceiptText(genuine, roots)).toMatchObject({
      verdict: 'genuine',
      receipt: { statement: { nrkb: 'AG 2345 ØD', total: 284_000 } },
    });
    expect(verifyReceiptText(` https://opop.example/t#${genuine}\n`, roots).verdict).toBe('genuine');
    expect(verifyReceiptText(genuine, [signingPair().publicKey, ...roots]).verdict).toBe('genuine');
  });

  it('refuses an edited amount, plate, date or period', () => {
    const parts = genuine.split('.');
    for (const [index, value] of [
      [6, 'AG_2345_ØE'.replace('Ø', '~')],
      [7, '20260321'],
      [8, '1'],
      [9, '20260311'],
      [4, '43'],
      [10, 'r'],
    ] as const) {
      const edited = parts.with(index, value).join('.');
      expect(verifyReceiptText(edited, roots), `part ${String(index)}`).toEqual({
        verdict: 'forged',
        reason: 'RECEIPT_FORGED',
      });
    }
  });

  it('refuses the certificate of another device under the statement', () => {
    const other = paperOf(paperWorld(world.root));
    const own = paperOf(world);
    const mixed = encodeReceiptProof({ ...own, certificate: other.certificate });
    expect(verifyReceiptText(mixed, roots)).toEqual({ verdict: 'forged', reason: 'CERTIFICATE_FORGED' });
    const stolen = { ...own, statement: { ...own.statement, deviceId: other.certificate.certificate.deviceId } };
    const swapped = encodeReceiptProof({ ...stolen, certificate: other.certificate });
    expect(verifyReceiptText(swapped, roots)).toEqual({ verdict: 'forged', reason: 'RECEIPT_FORGED' });
  });

  it('refuses another root, also one that claims the name of ours', () => {
    const foreign = encodeReceiptProof(paperOf(paperWorld()));
    expect(verifyReceiptText(foreign, roots)).toEqual({ verdict: 'forged', reason: 'OTHER_ROOT' });
    const [ownRoot, foreignParts] = [genuine.split('.')[16]?.slice(0, 12) ?? '', foreign.split('.')];
    const renamed = foreignParts.with(16, ownRoot + (foreignParts[16]?.slice(12) ?? '')).join('.');
    expect(verifyReceiptText(renamed, roots)).toEqual({ verdict: 'forged', reason: 'CERTIFICATE_FORGED' });
  });

  it('refuses a day after the certificate ended, and a day that has not come', () => {
    const ended = paperWorld(world.root, Date.UTC(2026, 2, 1));
    expect(verifyReceiptText(encodeReceiptProof(paperOf(ended)), roots)).toEqual({
      verdict: 'forged',
      reason: 'CERTIFICATE_EXPIRED',
    });
    const late = encodeReceiptProof(paperOf(world, { paidOn: '2026-03-13' as LocalDate }));
    expect(verifyReceiptText(late, roots, Date.UTC(2026, 2, 10))).toEqual({ verdict: 'forged', reason: 'PAID_LATER' });
    expect(verifyReceiptText(late, roots, Date.UTC(2026, 2, 12)).verdict).toBe('genuine');
  });

  it('refuses a second spelling of the same signature bytes', () => {
    const parts = genuine.split('.');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const index of [11, 13, 16]) {
      const part = parts[index] ?? '';
      // The last character carries bits that no byte uses.
      const respelled = part.slice(0, -1) + letters.charAt(letters.indexOf(part.slice(-1)) + 1);
      const text = parts.with(index, respelled).join('.');
      expect(verifyReceiptText(text, roots).verdict, `part ${String(index)}`).toBe('forged');
      expect(judgedByNode(text, roots)).toBe('forged');
    }
  });

  it('does not call anything else a receipt', () => {
    const parts = genuine.split('.');
    for (const text of [
      '',
      'halo',
      'https://opop.example/t#',
      parts.slice(0, 16).join('.'),
      parts.with(10, 'constructor').join('.'),
      parts.with(9, '20260231').join('.'),
    ]) {
      expect(verifyReceiptText(text, roots), text.slice(0, 30)).toEqual({ verdict: 'no-receipt' });
    }
  });

  it('gives the same verdict as the contract’s reader and Node’s cryptography on any damage', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+~';
    fc.assert(
      fc.property(
        fc.record({
          at: fc.nat({ max: genuine.length - 1 }),
          kind: fc.constantFrom('replace', 'remove', 'insert', 'none'),
          letter: fc.constantFrom(...letters),
          amount: fc.integer({ min: 0, max: 5_000_000_000 }),
        }),
        ({ at, kind, letter, amount }) => {
          const text = encodeReceiptProof(paperOf(world, { total: rupiah(amount) }));
          const cut = {
            replace: letter + text.slice(at + 1),
            remove: text.slice(at + 1),
            insert: letter + text.slice(at),
            none: text.slice(at),
          };
          const damaged = text.slice(0, at) + cut[kind];
          expect(verifyReceiptText(damaged, roots).verdict).toBe(judgedByNode(damaged, roots));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the words of the receipt page', () => {
  it('says ASLI, TIDAK ASLI, and ASLI TETAPI DIBATALKAN', () => {
    const verdict = verifyReceiptText(genuine, roots);
    expect(wordsOf(verdict, null).headline).toBe('ASLI');
    expect(wordsOf(verdict, { state: 'voided', central: null })).toMatchObject({
      tone: 'bad',
      headline: 'ASLI TETAPI DIBATALKAN',
    });
    expect(wordsOf(verifyReceiptText(genuine, []), { state: 'decided', central: 'booked' }).headline).toBe(
      'TIDAK ASLI',
    );
    expect(wordsOf({ verdict: 'no-receipt' }, null).headline).toBe('BUKAN TANDA TERIMA');
  });

  it('says what is known, and that nothing is known without a line', () => {
    expect(stateWords(null)).toMatch(/^Tanpa koneksi/);
    expect(stateWords({ state: 'decided', central: 'booked' })).toMatch(/^Sudah dibukukan/);
    expect(stateWords({ state: 'in-custody', central: null })).toMatch(/menunggu pembukuan/);
  });
});

describe('the receipt page of a province', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await openTestProvince();
  });
  afterAll(() => province.close());

  it('is one file with the root key in it, and asks nothing from elsewhere', async () => {
    const response = await province.server.inject({ url: '/t' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.body).toContain(province.province.context.keys.root.publicKey);
    expect(response.body).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
    const imports = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(response.body)?.[1] ?? '{}') as {
      imports: Record<string, string>;
    };
    for (const [name, address] of Object.entries(imports.imports)) {
      const source = Buffer.from(address.split(',')[1] ?? '', 'base64').toString();
      const wanted = [...source.matchAll(/^(?:import|export)\b[^;]*?from\s*['"]([^'"]+)['"]/gm)].map(
        (match) => match[1] ?? '',
      );
      for (const needed of wanted) expect(Object.keys(imports.imports), `${name} needs`).toContain(needed);
    }
  });
});
