import { beforeAll, describe, expect, it } from 'vitest';
import { deviceRevocationSchema, keyStatementSchema } from '../../src/contract/feeds.ts';
import { encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { wordsOf } from '../../src/province/receipt-page/page/receipt-words.ts';
import { verifyReceiptText } from '../../src/province/receipt-page/page/verify-receipt.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { TestDevice, verifies } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const province = useProvince({ ownKeys: true });
const held: { device?: TestDevice; other?: TestDevice } = {};
beforeAll(async () => {
  held.device = await TestDevice.enrol(province().server, await province().code());
  held.other = await TestDevice.enrol(province().server, await province().code());
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

/** Runs a command beside the running server, as an administrator does. */
async function command(...args: readonly string[]): Promise<{ code: number; lines: readonly unknown[] }> {
  const lines: unknown[] = [];
  const place = ['--database-url', province().databaseUrl, '--keys', province().keysFolder];
  const code = await runProvince([...args, ...place], (line) => lines.push(line), fail);
  return { code, lines };
}

/** The facts inside the receipt page as it is served. */
async function pageFacts(): Promise<{ rootKeys: string[]; revokedKeys: string[] }> {
  const { body } = await province().server.inject({ url: '/t' });
  const text = /<script[^>]*id="facts"[^>]*>(.*?)<\/script>/su.exec(body)?.[1] ?? '';
  return JSON.parse(text) as { rootKeys: string[]; revokedKeys: string[] };
}

describe('a device that is revoked', () => {
  it('is told to those who check paper: by a statement of the root, and in the receipt page', async () => {
    const { device, other } = held;
    if (device === undefined || other === undefined) throw new Error('two devices were enrolled');
    const { vehicle, rules } = province();
    const { statement } = makeSale(device, await vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules });
    const paper = encodeReceiptProof(device.proofOf(statement));
    expect(await command('revoked-keys')).toEqual({ code: 0, lines: [] });
    const before = await pageFacts();
    expect(before.revokedKeys).toEqual([]);
    expect(verifyReceiptText(paper, before.rootKeys, undefined, before.revokedKeys).verdict).toBe('genuine');

    expect((await command('revoke-device', '--device', device.deviceId)).code).toBe(0);

    const { code, lines } = await command('revoked-keys');
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    const signed = keyStatementSchema.parse(lines[0]);
    expect(verifies(device.enrolment.rootKey, SIGNATURE_CONTEXT.keyStatement, signed.text, signed.sig)).toBe(true);
    expect(deviceRevocationSchema.parse(JSON.parse(signed.text))).toMatchObject({
      purpose: 'device',
      publicKey: device.signing.publicKey,
      revoked: true,
    });
    const after = await pageFacts();
    expect(after.revokedKeys).toEqual([device.signing.publicKey]);
    const verdict = verifyReceiptText(paper, after.rootKeys, undefined, after.revokedKeys);
    expect(verdict).toEqual({ verdict: 'forged', reason: 'KEY_REVOKED' });
    // It may be an honest paper from before the loss.
    expect(wordsOf(verdict, null)).toMatchObject({ tone: 'warning', headline: 'TIDAK DAPAT DIPASTIKAN' });
    const theirs = encodeReceiptProof(other.proofOf({ ...statement, deviceId: other.deviceId }));
    expect(verifyReceiptText(theirs, after.rootKeys, undefined, after.revokedKeys).verdict).toBe('genuine');
  });

  it('has a help with an example for its command', async () => {
    const said: string[] = [];
    expect(await runProvince(['revoked-keys', '--help'], fail, (text) => said.push(text))).toBe(0);
    expect(said.join('')).toContain('npm run -s province -- revoked-keys');
  });
});
