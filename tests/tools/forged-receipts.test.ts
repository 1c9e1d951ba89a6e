import { sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { checkReceipt } from '../../src/main/core/inspect.ts';
import { verifyReceiptText } from '../../src/province/receipt-page/page/verify-receipt.ts';
import { forgedReceipts, type ForgersWorld, forgersWorld } from '../support/forged-receipts.ts';
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { canonical, keyIdOf } from '../support/test-device.ts';
import { paperOf } from '../support/test-receipt.ts';
import { runVerifier } from '../support/verifier.ts';

/** On every commit 500; `npm run hostile -- forged` asks for 10,000. */
const RECEIPTS = Number(process.env['RECEIPTS'] ?? '500');
const SEED = Number(process.env['SEED'] ?? '1');

const world = forgersWorld();
const rootKey = world.honest.root.publicKey;

/** The province's word that a device's key is no longer believed, as `province revoked-keys` prints it. */
function revocationOf({ stolen, stolenAt, honest }: ForgersWorld) {
  const publicKey = stolen.device.publicKey;
  const body = { purpose: 'device', keyId: keyIdOf(publicKey), publicKey, from: 0, to: stolenAt, revoked: true };
  const text = canonical(body);
  const sig = sign(null, Buffer.from(SIGNATURE_CONTEXT.keyStatement + text), honest.root.privateKey);
  return { text, sig: sig.toString('base64url') };
}

const revocation = revocationOf(world);
const revokedKeys = [world.stolen.device.publicKey];

/** The verdict of each of the three verifiers on many texts: `tools/verify`, `loket verify-receipt`, the receipt page. */
async function verdictsOf(texts: readonly string[]) {
  const folder = temporaryFolder();
  const [file, keys] = [join(folder, 'receipts.txt'), join(folder, 'revoked.ndjson')];
  writeFileSync(file, texts.map((text) => `${text}\n`).join(''));
  writeFileSync(keys, `${JSON.stringify(revocation)}\n`);
  const tool = await runVerifier(['receipts', file, `--root=${rootKey}`, '--keys', keys]);
  return texts.map((text, index) => {
    const loket = checkReceipt(text, [rootKey], [revocation]);
    const page = verifyReceiptText(text, [rootKey], undefined, revokedKeys);
    return {
      tool: tool.lines[index]?.['verdict'] === 'genuine' ? 'genuine' : String(tool.lines[index]?.['reason']),
      loket: loket.ok ? 'genuine' : loket.error,
      page: page.verdict === 'forged' ? page.reason : page.verdict,
    };
  });
}

describe('forged receipts', () => {
  it('are believed by none of the three verifiers, and genuine papers by all', async () => {
    const forged = forgedReceipts(world, RECEIPTS, SEED);
    const genuine = [world.honest, world.other].map((outlet) => ({
      how: '',
      text: encodeReceiptProof(paperOf(outlet)),
    }));
    const verdicts = await verdictsOf([...forged, ...genuine].map(({ text }) => text));
    const accepted = forged.flatMap(({ how, text }, index) => {
      const said = verdicts[index];
      return said !== undefined && Object.values(said).every((one) => one !== 'genuine') ? [] : [{ how, text, said }];
    });
    expect(accepted, `seed ${String(SEED)}`).toEqual([]);
    const all = { tool: 'genuine', loket: 'genuine', page: 'genuine' };
    expect(verdicts.slice(forged.length)).toEqual([all, all]);
  });

  it('are refused for the same reason where the reason is one of cryptography', async () => {
    const forged = forgedReceipts(world, 84, SEED);
    const verdicts = await verdictsOf(forged.map(({ text }) => text));
    const reasons = ['OTHER_ROOT', 'CERTIFICATE_FORGED', 'RECEIPT_FORGED', 'KEY_REVOKED'];
    const told = verdicts.filter(({ tool }) => reasons.includes(tool));
    expect(told.length).toBeGreaterThan(20);
    for (const { tool, loket, page } of told) {
      // The text has one device id for statement and certificate, so only the certificate can be another's.
      expect({ loket, page }).toEqual({ loket: tool, page: tool });
    }
  });

  it('of a stolen key are refused on whichever day they are dated, and only because the key was revoked', async () => {
    const papers = forgedReceipts(world, 84, SEED).filter(({ how }) => how.startsWith('a stolen key'));
    expect(papers.length).toBeGreaterThan(2);
    for (const said of await verdictsOf(papers.map(({ text }) => text))) {
      expect(said).toEqual({ tool: 'KEY_REVOKED', loket: 'KEY_REVOKED', page: 'KEY_REVOKED' });
    }
    const [paper] = papers;
    expect(checkReceipt(paper?.text ?? '', [rootKey]).ok).toBe(true);
    // A revocation that no root signed takes nobody's key away.
    const unsigned = { ...revocation, sig: revocation.sig.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')) };
    expect(checkReceipt(paper?.text ?? '', [rootKey], [unsigned]).ok).toBe(true);
  });

  it('are refused by the command line too, and a voided paper is called genuine but voided', async () => {
    const folder = temporaryFolder();
    const proof = paperOf(world.honest);
    const text = encodeReceiptProof(proof);
    const write = (name: string, value: string): string => {
      writeFileSync(join(folder, name), value);
      return join(folder, name);
    };
    const keys = write('roots.json', JSON.stringify([rootKey]));
    const voided = { entryHash: 'A'.repeat(43), transactionId: proof.statement.transactionId, voidedAt: 1 };
    const voids = write('voids.json', JSON.stringify([voided]));
    const revoked = write('revoked.ndjson', `${JSON.stringify(revocation)}\n`);
    const receipts = write('receipts.txt', `${text}\n${encodeReceiptProof(paperOf(world.honest))}\n`);
    const [forged] = forgedReceipts(world, 1, SEED);
    const check = (stdin: string, ...more: readonly string[]) =>
      runLoket(['verify-receipt', '--keys', keys, ...more], { stdin });
    expect(await check(forged?.text ?? '')).toMatchObject({ code: 2, lines: [{ genuine: false }] });
    expect(await check(encodeReceiptProof(paperOf(world.stolen)), '--revoked', revoked)).toMatchObject({
      code: 2,
      lines: [{ genuine: false, problem: 'KEY_REVOKED' }],
    });
    expect(await check(text, '--voids', voids)).toMatchObject({ code: 2, lines: [{ genuine: true, voided: true }] });
    const said = await runVerifier(['receipts', receipts, `--root=${rootKey}`, '--voids', voids]);
    expect(said).toMatchObject({ code: 2, lines: [{ verdict: 'genuine-but-voided' }, { verdict: 'genuine' }] });
  });
});
