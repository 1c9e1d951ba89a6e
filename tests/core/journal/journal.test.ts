import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryEnvelopeSchema, signedEntrySchema } from '../../../src/contract/journal-entry.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { bodyOf } from '../../../src/main/core/journal/entry-text.ts';
import { bodyHash, hashEntry } from '../../../src/main/core/journal/hash-chain.ts';
import { keyIdOf, verifyEntryHash } from '../../../src/main/core/journal/signing.ts';
import { verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  openTestJournal,
  saleDraft,
  sessionOpenedDraft,
  signedInDraft,
  TEST_OFFICER,
  type TestJournal,
} from '../../support/test-journal.ts';

async function enrolled(folder = temporaryFolder()): Promise<TestJournal> {
  const test = await openTestJournal(folder);
  valueOf(await test.journal.openEpoch('enrolment'));
  return test;
}

const all = (test: TestJournal) => test.db.read((tx) => test.journal.readAfter(tx, 0, 1000));
const verified = async (test: TestJournal) =>
  verifyJournal(test.db, {
    deviceId: test.deviceId,
    publicKey: test.secrets.signingPublic,
    marks: await test.marks.read(),
  });

describe('an entry of the journal', () => {
  it('is canonical JSON that the contract reads, hashed, signed and chained to the one before', async () => {
    const test = await enrolled();
    const sale = valueOf(await test.journal.record(async (_tx, append) => ok(append(saleDraft(test, null)))));
    const entries = await all(test);
    const [first, second] = entries;
    expect(entries).toHaveLength(2);
    expect(second).toMatchObject({ seq: 2, prev: first?.hash, hash: sale.hash, type: 'transaction.paid' });
    expect(first?.prev).toBeNull();
    for (const { text, hash, sig } of entries) {
      expect(signedEntrySchema.safeParse({ text, hash, sig }).success).toBe(true);
      const envelope = entryEnvelopeSchema.parse(JSON.parse(text));
      expect(hashEntry(text)).toBe(hash);
      expect(verifyEntryHash(hash, sig, test.secrets.signingPublic)).toBe(true);
      expect(envelope.bodyHash).toBe(bodyHash(envelope.body));
      expect(envelope.keyId).toBe(keyIdOf(test.secrets.signingPublic));
    }
    await test.db.close();
  });

  it('knows its own place before it is written, so that the paper can print it', async () => {
    const test = await enrolled();
    const seen: unknown[] = [];
    const entry = valueOf(
      await test.journal.record(async (tx, append) => {
        const next = await test.journal.nextSeq(tx);
        const draft = saleDraft(test, null);
        const { body } = draft;
        if (typeof body === 'function') throw new Error('the fixture has a plain body');
        const appended = append({
          ...draft,
          body: (place) => {
            seen.push(place);
            return { ...body, receiptNumber: `N-${place.epoch.n}-${place.seq}` };
          },
        });
        expect(next).toBe(appended.seq);
        return ok(appended);
      }),
    );
    expect(seen).toEqual([{ epoch: entry.epoch, seq: 2, timeTrust: 'rtc' }]);
    expect(bodyOf('transaction.paid', entry).receiptNumber).toBe('N-1-2');
    await test.db.close();
  });

  it('is there at once for the rest of the same commit, with its ledger lines', async () => {
    const test = await enrolled();
    await test.journal.record(async (tx, append) => {
      const entry = append(sessionOpenedDraft(test.newId(), 150_000));
      expect(await test.journal.head(tx)).toMatchObject({ seq: entry.seq, hash: entry.hash });
      expect(await test.journal.sumLedger(tx)).toEqual([
        { account: 'cash-drawer', amount: 150_000 },
        { account: 'float', amount: -150_000 },
      ]);
      return ok(undefined);
    });
    await test.db.close();
  });

  it('has the same time as the other entries of its intention', async () => {
    const test = await enrolled();
    const [one, two] = valueOf(
      await test.journal.record(async (_tx, append) => {
        const first = append(signedInDraft(test.newId()));
        test.clock.pass(500);
        return ok([first, append(signedInDraft(test.newId()))]);
      }),
    );
    expect(two?.wallMs).toBe(one?.wallMs);
    await test.db.close();
  });

  it('is refused, with all of its intention, when its ledger lines do not sum to zero', async () => {
    const test = await enrolled();
    const draft = sessionOpenedDraft(test.newId(), 100_000);
    const { body } = draft;
    if (typeof body === 'function') throw new Error('the fixture has a plain body');
    const uneven = { ...body, ledgerLines: [{ account: 'cash-drawer', amount: rupiah(1) }] };
    const run = test.journal.record(async (_tx, append) => {
      append(signedInDraft(test.newId()));
      return ok(append({ ...draft, body: uneven }));
    });
    await expect(run).rejects.toThrow('do not sum to zero: 1');
    expect(await all(test)).toHaveLength(1);
    await test.db.close();
  });

  it('is refused with the path, and no value of a person, when its body does not fit the schema', async () => {
    const test = await enrolled();
    const draft = saleDraft(test, null);
    const { body } = draft;
    if (typeof body === 'function') throw new Error('the fixture has a plain body');
    const bad = { ...body, blankReason: 'Pemilik Rahasia '.repeat(50) };
    const run = test.journal.record(async (_tx, append) => ok(append({ ...draft, body: bad })));
    await expect(run).rejects.toThrow('the body of transaction.paid is not valid at blankReason');
    await expect(run).rejects.not.toThrow('Rahasia');
    expect(await all(test)).toHaveLength(1);
    await test.db.close();
  });

  it('cannot be written before the device has an epoch', async () => {
    const test = await openTestJournal(temporaryFolder());
    const run = test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId()))));
    await expect(run).rejects.toThrow('no epoch is open');
    await test.db.close();
  });
});

describe('one intention', () => {
  it('leaves no entry, no line and no mark when it is refused', async () => {
    const test = await enrolled();
    const before = await test.marks.read();
    const refused = await test.journal.record(async (_tx, append) => {
      append(sessionOpenedDraft(test.newId(), 100_000));
      return err('NO');
    });
    expect(refused).toEqual({ ok: false, error: 'NO' });
    expect(await all(test)).toHaveLength(1);
    expect(await test.db.read((tx) => test.journal.sumLedger(tx))).toEqual([]);
    expect(await test.marks.read()).toEqual(before);
    await test.db.close();
  });

  it('keeps one chain when many arrive together', async () => {
    const test = await enrolled();
    const streams = Array.from({ length: 25 }, () => test.newId());
    await Promise.all(
      streams.map((stream) => test.journal.record(async (_tx, append) => ok(append(signedInDraft(stream))))),
    );
    expect(await verified(test)).toMatchObject({ ok: true, entries: 26, problems: [] });
    const marks = await test.marks.read();
    expect(marks.map((found) => found.state === 'valid' && found.mark.seq)).toEqual([26, 26]);
    await test.db.close();
  });

  it('is the same as a list in memory for any row of intentions and restarts, and always verifies', async () => {
    const intention = fc.record({
      kinds: fc.array(fc.constantFrom('signed-in', 'float', 'sale'), { minLength: 0, maxLength: 3 }),
      end: fc.constantFrom('ok', 'ok', 'err', 'throw', 'restart'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(intention, { minLength: 1, maxLength: 10 }), async (intentions) => {
        const folder = temporaryFolder();
        let test = await enrolled(folder);
        const model = ['epoch.opened'];
        for (const { kinds, end } of intentions) {
          if (end === 'restart') {
            await test.db.close();
            test = await openTestJournal(folder);
            expect(valueOf(await test.journal.checkMarks()).state).toBe('held');
            continue;
          }
          const types: string[] = [];
          const run = test.journal.record(async (_tx, append) => {
            for (const kind of kinds) {
              const id = test.newId();
              if (kind === 'signed-in') types.push(append(signedInDraft(id)).type);
              else if (kind === 'float') types.push(append(sessionOpenedDraft(id, 50_000)).type);
              else types.push(append(saleDraft(test, null)).type);
            }
            if (end === 'throw') throw new Error('on purpose');
            return end === 'ok' ? ok(null) : err('NO');
          });
          if (end === 'throw') await expect(run).rejects.toThrow('on purpose');
          else await run;
          if (end === 'ok') model.push(...types);
        }
        expect((await all(test)).map((entry) => entry.type)).toEqual(model);
        expect(await verified(test)).toMatchObject({ ok: true, entries: model.length, problems: [] });
        const sums = await test.db.read((tx) => test.journal.sumLedger(tx));
        expect(sums.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
        await test.db.close();
      }),
      { numRuns: 20 },
    );
  });

  it('sums the ledger per cash session', async () => {
    const test = await enrolled();
    const [one, two] = [test.newId(), test.newId()];
    for (const session of [one, two]) {
      await test.journal.record(async (_tx, append) => ok(append(sessionOpenedDraft(session, 100_000))));
    }
    await test.journal.record(async (_tx, append) => ok(append(saleDraft(test, two))));
    const drawer = (sums: readonly { account: string; amount: number }[]): number | undefined =>
      sums.find(({ account }) => account === 'cash-drawer')?.amount;
    const sum = (of?: { cashSessionId: string }) => test.db.read((tx) => test.journal.sumLedger(tx, of));
    expect(drawer(await sum({ cashSessionId: one }))).toBe(100_000);
    expect(drawer(await sum({ cashSessionId: two }))).toBe(100_000 + 565_750);
    expect(drawer(await sum())).toBe(200_000 + 565_750);
    await test.db.close();
  });

  it('reads a stream, a page and the count back', async () => {
    const test = await enrolled();
    const stream = test.newId();
    for (let index = 0; index < 5; index += 1) {
      await test.journal.record(async (_tx, append) =>
        ok(append(signedInDraft(index % 2 === 0 ? stream : test.newId()))),
      );
    }
    await test.db.read(async (tx) => {
      expect((await test.journal.readStream(tx, stream)).map((entry) => entry.seq)).toEqual([2, 4, 6]);
      expect((await test.journal.readAfter(tx, 3, 2)).map((entry) => entry.seq)).toEqual([4, 5]);
      expect(await test.journal.count(tx)).toBe(6);
      expect((await test.journal.find(tx, 4))?.officerId).toBe(TEST_OFFICER);
    });
    expect(test.published.filter((topic) => topic === 'outbox')).toHaveLength(6);
    await test.db.close();
  });
});

describe('the mark', () => {
  it('stands in both places, signed, before the intention is answered', async () => {
    const folder = temporaryFolder();
    const test = await enrolled(folder);
    const entry = valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId())))));
    const expected = { deviceId: test.deviceId, epoch: entry.epoch, seq: entry.seq, head: entry.hash };
    expect(await test.marks.read()).toEqual([
      { place: 'first', state: 'valid', mark: expected },
      { place: 'second', state: 'valid', mark: expected },
    ]);
    expect(existsSync(join(folder, 'mark.json'))).toBe(true);
    expect(existsSync(join(folder, 'second', `mark-${test.deviceId}.json`))).toBe(true);
    await test.db.close();
  });

  it('that cannot be written is said and logged, and the entry is committed all the same', async () => {
    const folder = temporaryFolder();
    const test = await enrolled(folder);
    rmSync(join(folder, 'second'), { recursive: true });
    writeFileSync(join(folder, 'second'), 'a file where the stick was');
    valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId())))));
    expect(await test.db.read(test.journal.count)).toBe(2);
    expect(test.journal.markProblem()).toMatchObject({ places: ['second'], seq: 2 });
    expect(test.log.lines).toMatchObject([{ level: 'error', event: 'mark.failed', facts: { places: 'second' } }]);
    rmSync(join(folder, 'second'));
    valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId())))));
    expect(test.journal.markProblem()).toBeNull();
    expect((await test.marks.read()).map((found) => found.state)).toEqual(['valid', 'valid']);
    await test.db.close();
  });

  it('is not believed when it was signed by another device, changed or torn', async () => {
    const folder = temporaryFolder();
    const test = await enrolled(folder);
    const file = join(folder, 'mark.json');
    const good = readFileSync(file, 'utf8');
    const states: string[] = [];
    for (const content of [good.replace('\\"seq\\":1', '\\"seq\\":9'), good.slice(0, 40), 'null', '']) {
      writeFileSync(file, content);
      states.push((await test.marks.read())[0]?.state ?? '');
    }
    expect(states).toEqual(['forged', 'unreadable', 'unreadable', 'unreadable']);
    const elsewhere = temporaryFolder();
    const other = await openTestJournal(elsewhere, { seed: 2 });
    valueOf(await other.journal.openEpoch('enrolment'));
    copyFileSync(join(elsewhere, 'mark.json'), file);
    expect((await test.marks.read())[0]?.state).toBe('forged');
    await other.db.close();
    await test.db.close();
  });
});
