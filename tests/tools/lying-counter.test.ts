import { createHash, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { canonical, keyIdOf } from '../support/test-device.ts';
import { paperOf, paperWorld, signingPair } from '../support/test-receipt.ts';
import { runVerifier } from '../support/verifier.ts';

const world = paperWorld();
const { device, certificate, root } = world;
const province = signingPair();
const EPOCH = { n: 1, nonce: 'AAAAAAAAAAA' };
const NEXT = { n: 2, nonce: 'BBBBBBBBBBA' };

type Said = Readonly<Record<string, unknown>>;
type Line = { readonly text: string; readonly hash: string; readonly sig: string };

const hashOf = (text: string): Buffer => createHash('sha256').update(`opop/entry/1\0${text}`).digest();
const bodyHashOf = (body: unknown): string => createHash('sha256').update(canonical(body)).digest('base64url');

/** Signed by the device itself, whatever it says: a counter whose program was changed. */
function lineOf(text: string): Line {
  const hash = hashOf(text);
  return { text, hash: hash.toString('base64url'), sig: sign(null, hash, device.privateKey).toString('base64url') };
}

const opened = (over: Said = {}): Said => ({ reason: 'enrolment', lastProven: null, declaredGap: null, ...over });
const sold = (over: Said = {}): Said => ({
  total: 100,
  ledgerLines: [
    { account: 'cash-drawer', amount: 100 },
    { account: 'province', amount: -100 },
  ],
  ...over,
});

/** What one entry says that an honest one would not. */
type Lie = { readonly over?: Said; readonly body?: Said; readonly text?: (text: string) => string };

/** A journal of four entries: an epoch, a sale, a second epoch, a sale; each with its lie. */
function journal(lies: Readonly<Record<number, Lie>>): readonly Line[] {
  const lines: Line[] = [];
  for (const seq of [1, 2, 3, 4]) {
    const before = lines.at(-1);
    const lastProven = seq === 1 ? null : { epoch: EPOCH, seq: 2, head: before?.hash };
    const lie = lies[seq] ?? {};
    const body = lie.body ?? (seq % 2 === 1 ? opened({ lastProven }) : sold());
    const said = {
      v: 1,
      deviceId: certificate.deviceId,
      epoch: seq < 3 ? EPOCH : NEXT,
      seq,
      prev: before?.hash ?? null,
      type: seq % 2 === 1 ? 'epoch.opened' : 'transaction.paid',
      cashSessionId: seq % 2 === 1 ? null : certificate.deviceId,
      body,
      bodyHash: bodyHashOf(body),
      keyId: keyIdOf(device.publicKey),
      ...lie.over,
    };
    const text = canonical(said);
    lines.push(lineOf(lie.text?.(text) ?? text));
  }
  return lines;
}

const signedText = (context: string, said: Said, key = province) => {
  const text = canonical(said);
  const sig = sign(null, Buffer.from(`opop/${context}/1\0${text}`), key.privateKey).toString('base64url');
  return { text, keyId: keyIdOf(key.publicKey), sig };
};
const markOf = (lines: readonly Line[]) => {
  const { text, sig } = signedText(
    'mark',
    { deviceId: certificate.deviceId, epoch: NEXT, seq: 4, head: lines.at(-1)?.hash },
    device,
  );
  return { text, sig };
};
const statementOf = (said: Said = {}) => {
  const { publicKey } = province;
  const body = { purpose: 'signing', keyId: keyIdOf(publicKey), publicKey, from: 0, to: 9e12, revoked: false, ...said };
  const { text, sig } = signedText('key', body, root);
  return { text, sig };
};
const custodyOf = (lines: readonly Line[], over: Said = {}, key = province) =>
  signedText(
    'custody',
    {
      deviceId: certificate.deviceId,
      epoch: EPOCH,
      ackSeq: 2,
      head: lines[1]?.hash,
      verdicts: lines
        .slice(0, 2)
        .map(({ hash }, index) => ({ seq: index + 1, hash, verdict: { verdict: 'ACCEPTED' } })),
      incarnation: certificate.deviceId,
      serverTime: 5,
      ...over,
    },
    key,
  );

type Files = { readonly custody?: readonly object[]; readonly keys?: readonly object[]; readonly mark?: object };

async function problemsOf(lines: readonly Line[], files: Files = {}) {
  const folder = temporaryFolder();
  const write = (name: string, values: readonly object[]): string => {
    writeFileSync(join(folder, name), values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    return join(folder, name);
  };
  const header = {
    format: 'opop-journal/1',
    certificate: paperOf(world).certificate,
    marks: [files.mark ?? markOf(lines)],
  };
  const said = await runVerifier([
    'journal',
    write('journal.ndjson', [header, ...lines]),
    `--root=${root.publicKey}`,
    ...(files.custody === undefined ? [] : ['--custody', write('custody.ndjson', files.custody)]),
    ...(files.custody === undefined ? [] : ['--keys', write('keys.ndjson', files.keys ?? [statementOf()])]),
  ]);
  expect(said.stderr).toBe('');
  return said.lines.slice(0, -1).map(({ seq, problem }) => `${String(seq)} ${String(problem)}`);
}

describe('a journal that its own device signed, and that is not in order', () => {
  it('is in order when nothing in it is a lie', async () => {
    const lines = journal({});
    expect(await problemsOf(lines)).toEqual([]);
    expect(await problemsOf(lines, { custody: [custodyOf(lines)] })).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<number, Lie>>, readonly string[]]>([
    [
      'money that does not sum to zero',
      { 2: { body: sold({ ledgerLines: [{ account: 'cash-drawer', amount: 1 }] }) } },
      ['2 LEDGER_NOT_ZERO'],
    ],
    [
      'half a rupiah',
      {
        4: {
          body: sold({
            ledgerLines: [
              { account: 'a', amount: 0.5 },
              { account: 'b', amount: -0.5 },
            ],
          }),
        },
      },
      ['4 LEDGER_NOT_ZERO'],
    ],
    ['another body than its hash', { 2: { over: { bodyHash: bodyHashOf({}) } } }, ['2 BODY_HASH_WRONG']],
    [
      'the name of another device',
      { 2: { over: { deviceId: '019cd5af-e380-7722-893a-6cdf23e69147' } } },
      ['2 OTHER_DEVICE'],
    ],
    ['the name of another key', { 2: { over: { keyId: 'AAAAAAAAAAAA' } } }, ['2 OTHER_KEY']],
    ['another entry before it', { 2: { over: { prev: 'A'.repeat(43) } } }, ['2 PREV_WRONG']],
    ['no entry before it', { 2: { over: { prev: null } } }, ['2 PREV_WRONG']],
    ['a place that is left out', { 4: { over: { seq: 5 } } }, ['4 SEQ_GAP', '4 MARK_NOT_IN_JOURNAL']],
    ['a text with a space', { 2: { text: (text) => text.replace('{', '{ ') } }, ['2 TEXT_NOT_CANONICAL']],
    ['a name twice', { 2: { text: (text) => text.replace('"v":1', '"v":1,"v":1') } }, ['2 TEXT_NOT_CANONICAL']],
    ['no entry at all', { 4: { text: () => '[]' } }, ['4 TEXT_UNREADABLE', '4 MARK_NOT_IN_JOURNAL']],
    ['an epoch in the middle of another', { 2: { over: { epoch: NEXT } } }, ['2 EPOCH_WRONG', '3 EPOCH_WRONG']],
    [
      'an epoch that does not rise',
      { 3: { over: { epoch: { n: 1, nonce: NEXT.nonce } } } },
      ['3 EPOCH_WRONG', '4 EPOCH_WRONG'],
    ],
    ['an epoch that proves nothing before it', { 3: { body: opened() } }, ['3 EPOCH_WRONG']],
    [
      'an epoch that proves another past',
      { 3: { body: opened({ lastProven: { epoch: EPOCH, seq: 2, head: 'A'.repeat(43) } }) } },
      ['3 EPOCH_WRONG'],
    ],
    [
      'a beginning that has a past',
      { 1: { body: opened({ lastProven: { epoch: EPOCH, seq: 2, head: 'A'.repeat(43) } }) } },
      ['1 EPOCH_WRONG'],
    ],
    ['a beginning without an epoch', { 1: { over: { type: 'officer.signed-in' }, body: {} } }, ['1 EPOCH_WRONG']],
  ])('%s', async (_lie, lies, problems) => {
    const lines = journal(lies);
    const mark = markOf(lies[4]?.text === undefined && lies[4]?.over?.['seq'] === undefined ? lines : journal({}));
    expect(await problemsOf(lines, { mark })).toEqual(problems);
  });

  it('the gap of an epoch excuses its own past and nothing else', async () => {
    const gap = (fromSeq: number, toSeq: number, epoch = EPOCH) =>
      opened({ lastProven: { epoch: EPOCH, seq: 1, head: 'A'.repeat(43) }, declaredGap: { epoch, fromSeq, toSeq } });
    const rotten = (lines: readonly Line[], seq: number) =>
      lines.with(seq - 1, { ...(lines[seq - 1] ?? lineOf('')), sig: 'A'.repeat(86) });
    const declaring = (body: Said) => journal({ 3: { body } });
    expect(await problemsOf(rotten(declaring(gap(2, 2)), 2), { mark: markOf(declaring(gap(2, 2))) })).toEqual([]);
    // Another position, another epoch, and what comes after the declaration.
    expect(await problemsOf(rotten(declaring(gap(1, 1)), 2))).toEqual(['2 SIGNATURE_WRONG']);
    expect(await problemsOf(rotten(declaring(gap(2, 2, NEXT)), 2))).toEqual(['2 SIGNATURE_WRONG']);
    expect(await problemsOf(rotten(declaring(gap(2, 4)), 4), { mark: markOf(declaring(gap(2, 4))) })).toContain(
      '4 SIGNATURE_WRONG',
    );
    expect(await problemsOf(rotten(declaring(gap(2, 4)), 3))).toContain('3 SIGNATURE_WRONG');
  });
});

describe('custody receipts that say something else', () => {
  const ACCEPTED = { verdict: 'ACCEPTED' };
  const lines = journal({});
  const stranger = signingPair();
  it.each<readonly [string, Files, readonly string[]]>([
    [
      'of an entry that is not this one',
      { custody: [custodyOf(lines, { verdicts: [{ seq: 2, hash: 'A'.repeat(43), verdict: ACCEPTED }] })] },
      ['2 CUSTODY_DIFFERS'],
    ],
    [
      'of an entry beyond the end',
      { custody: [custodyOf(lines, { verdicts: [{ seq: 9, hash: 'A'.repeat(43), verdict: ACCEPTED }] })] },
      ['5 CUSTODY_NOT_IN_JOURNAL'],
    ],
    [
      'of another device',
      { custody: [custodyOf(lines, { deviceId: '019cd5af-e380-7722-893a-6cdf23e69147' })] },
      ['2 CUSTODY_OTHER_DEVICE'],
    ],
    ['signed by a stranger', { custody: [custodyOf(lines, {}, stranger)] }, ['2 CUSTODY_KEY_UNKNOWN']],
    ['signed by nobody', { custody: [{ ...custodyOf(lines), sig: 'A'.repeat(86) }] }, ['2 CUSTODY_SIGNATURE_WRONG']],
    [
      'signed by a key for sealing',
      { custody: [custodyOf(lines)], keys: [statementOf({ purpose: 'sealing' })] },
      ['2 CUSTODY_KEY_UNKNOWN'],
    ],
    [
      'signed by a revoked device as if it were the province',
      { custody: [custodyOf(lines)], keys: [statementOf({ purpose: 'device', revoked: true })] },
      ['2 CUSTODY_KEY_UNKNOWN'],
    ],
    [
      'signed after the key was revoked',
      { custody: [custodyOf(lines)], keys: [statementOf(), statementOf({ revoked: true, to: 5 })] },
      ['2 CUSTODY_KEY_REVOKED'],
    ],
    [
      'signed by the province, of nothing that can be read',
      {
        custody: [
          custodyOf(lines, { verdicts: 7 }),
          custodyOf(lines, { verdicts: [{ seq: 1 }] }),
          custodyOf(lines, { verdicts: [{ seq: 1e12, hash: 'A'.repeat(43) }] }),
        ],
      },
      ['2 CUSTODY_UNREADABLE', '2 CUSTODY_UNREADABLE', '2 CUSTODY_UNREADABLE'],
    ],
    ['signed at no time', { custody: [custodyOf(lines, { serverTime: 'soon' })] }, ['2 CUSTODY_KEY_REVOKED']],
    [
      'that are none',
      { custody: [{ text: '{}', keyId: 'x', sig: 'x' }, { nothing: true }] },
      ['null CUSTODY_KEY_UNKNOWN', 'null CUSTODY_UNREADABLE'],
    ],
  ])('%s', async (_what, files, problems) => {
    expect(await problemsOf(lines, files)).toEqual(problems);
  });

  it('are believed when they came before their key was revoked', async () => {
    const keys = [statementOf({ revoked: true, to: 6 })];
    expect(await problemsOf(lines, { custody: [custodyOf(lines)], keys })).toEqual([]);
  });
});
