import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { api, type Method } from '../../src/contract/api.ts';
import { enterAs, openForBusiness } from '../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../support/enrolled-counter.ts';
import { DOOR_INPUTS } from '../support/door-inputs.ts';
import { startTestCounter, type TestCounter } from '../support/test-counter.ts';

const UUID = '019cd5af-0000-7000-8000-000000000000';
const METHODS = Object.keys(api) as Method[];

/** Methods after which the others are answered by the lock. */
const LOCKING: readonly Method[] = ['sign-in.end', 'sign-in.lock', 'cash-session.pause'];

const inputOf = (method: Method): unknown =>
  DOOR_INPUTS[method] ?? (api[method].input.safeParse({}).success ? {} : { transactionId: UUID });

const codeOf = async (counter: TestCounter, method: string, input: unknown = {}): Promise<string> => {
  const frame = await counter.app.dispatch({ id: '1', method, input });
  return frame.ok ? 'ok' : frame.error.code;
};

describe('the door of the counter', () => {
  const folder = useEnrolledFolder();

  it('has an input for every method in this test, so that none is left out', () => {
    for (const method of METHODS) {
      expect(api[method].input.safeParse(inputOf(method)).success, method).toBe(true);
    }
  });

  it('takes half a character nowhere, in any text of any method', () => {
    const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
    const spoilt = (value: unknown): unknown[] => {
      if (typeof value === 'string') return [`${value}\ud800`, `\udfff${value}`];
      if (isList(value)) {
        return value.flatMap((one, index) => spoilt(one).map((bad) => value.with(index, bad)));
      }
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, one]) => spoilt(one).map((bad) => ({ ...value, [key]: bad })));
    };
    const all = METHODS.flatMap((method) => spoilt(inputOf(method)).map((input) => ({ method, input })));
    expect(all.length).toBeGreaterThan(40);
    for (const { method, input } of all) {
      expect(api[method].input.safeParse(input).success, `${method} ${JSON.stringify(input)}`).toBe(false);
    }
    // A whole character outside of the first plane is a text like any other.
    expect(api['transactions.search'].input.safeParse({ text: '😀 kopi' }).success).toBe(true);
  });

  it('lets nobody in who is not signed in, but to what is public', async () => {
    const counter = await copiedCounter(folder());
    for (const method of METHODS) {
      const code = await codeOf(counter, method, inputOf(method));
      if (api[method].access === 'public') expect(code, method).not.toBe('NOT_SIGNED_IN');
      else expect(code, method).toBe('NOT_SIGNED_IN');
    }
  });

  it('lets nobody in through a locked screen', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    await counter.get('sign-in.lock', {});
    for (const method of METHODS) {
      if (api[method].access === 'public') continue;
      expect(await codeOf(counter, method, inputOf(method)), method).toBe('SCREEN_LOCKED');
    }
  });

  it('lets each role do its own work only', async () => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'petugas-1': ['public', 'signed-in', 'officer'],
      pengawas: ['public', 'signed-in', 'supervisor', 'installer'],
      pemasang: ['public', 'signed-in', 'installer'],
    };
    for (const [officerId, levels] of Object.entries(allowed)) {
      const counter = await copiedCounter(folder());
      await enterAs(counter, officerId);
      for (const method of METHODS) {
        if (LOCKING.includes(method) || method === 'device.verify') continue;
        const code = await codeOf(counter, method, inputOf(method));
        const isAllowed = levels.includes(api[method].access);
        expect(code === 'FORBIDDEN', `${officerId} ${method}: ${code}`).toBe(!isAllowed);
        expect(['NOT_SIGNED_IN', 'SCREEN_LOCKED', 'INTERNAL'], `${officerId} ${method}`).not.toContain(code);
      }
    }
  });

  it('does not know the names that every object has', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'valueOf',
      'then',
      'counter',
      'COUNTER.STATUS',
    ];
    for (const method of names) expect(await codeOf(counter, method), method).toBe('UNKNOWN_METHOD');
  });

  it('answers a torn frame with BAD_FRAME and keeps its id where it has one', async () => {
    const counter = await copiedCounter(folder());
    const torn: readonly unknown[] = [
      undefined,
      null,
      42,
      'text',
      [],
      {},
      { id: '7' },
      { id: '7', method: 5 },
      { id: '', method: 'counter.status' },
      { id: 'x'.repeat(61), method: 'counter.status' },
      { id: '7', method: 'm'.repeat(81) },
      { id: '7', method: 'counter.status', input: {}, secret: 1 },
      new Date(0),
      () => undefined,
    ];
    for (const frame of torn) {
      const answer = await counter.app.dispatch(frame);
      expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } });
      const id = typeof frame === 'object' && frame !== null && 'id' in frame ? String(frame.id).slice(0, 60) : '';
      expect(answer.id).toBe(id);
    }
  });

  it('never throws, whatever comes in', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('hostile');
        },
        has: () => {
          throw new Error('hostile');
        },
      },
    );
    const poisoned = {
      id: '1',
      get method(): string {
        throw new Error('hostile');
      },
    };
    for (const frame of [trap, poisoned]) {
      expect(await counter.app.dispatch(frame)).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } });
    }
    const hostile = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.string(), method: fc.constantFrom(...METHODS), input: fc.anything() }),
      fc.record({ id: fc.anything(), method: fc.string(), input: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (frame) => {
        const answer = await counter.app.dispatch(frame);
        if (!answer.ok) expect(answer.error.code).not.toBe('INTERNAL');
      }),
      { numRuns: 300 },
    );
    expect(counter.log.lines.filter(({ event }) => event === 'handler.threw')).toEqual([]);
  });

  it('names the field of a bad input and never its value', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const bad: readonly (readonly [Method, unknown, readonly string[]])[] = [
      ['sign-in.begin', { officerId: 'petugas-1', pin: 'rahasia' }, ['pin']],
      ['vehicles.find', { text: 'x'.repeat(41) }, ['text']],
      [
        'transactions.set-payer',
        { ...(DOOR_INPUTS['transactions.set-payer'] as object), phone: 'bukan nomor' },
        ['phone'],
      ],
      ['transactions.pay', { transactionId: UUID, tendered: 1.5, expectedPayable: 1 }, ['tendered']],
      ['transactions.pay', { transactionId: UUID, tendered: -1, expectedPayable: 1 }, ['tendered']],
      ['reports.period', { from: '2026-02-30', to: '2026-03-01' }, ['from']],
      ['arrivals.record', { nrkb: 'bukan pelat', name: 'Umi', phone: null, blankReason: null }, ['nrkb']],
      [
        'transactions.set-documents',
        { transactionId: UUID, documents: [{ kind: 'KTP Budi', present: true }] },
        ['documents', '0', 'kind'],
      ],
    ];
    for (const [method, input, path] of bad) {
      const frame = await counter.app.dispatch({ id: '1', method, input });
      expect(frame, method).toEqual({ id: '1', ok: false, error: { code: 'BAD_INPUT', path } });
    }
  });

  it('gives a bug a reference into the log, and tells the screen nothing else', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    // What no call can bring about: a stored draft that is no draft.
    counter.printers.onPaper(() => {
      throw new Error('AG 2345 KD milik SITI');
    });
    const frame = await counter.app.dispatch({ id: '1', method: 'printing.test', input: { printerId: 'utama' } });
    if (frame.ok) throw new Error('a bug was answered as a success');
    expect(frame.error).toEqual({ code: 'INTERNAL', reference: expect.stringMatching(/^[\w-]{8}$/) });
    const [line] = counter.log.lines.filter(({ event }) => event === 'handler.threw');
    expect(line?.facts).toMatchObject({ method: 'printing.test', reference: frame.error.reference, name: 'Error' });
    expect(JSON.stringify(counter.log.lines)).not.toContain('SITI');
  });
});

describe('a counter that is not enrolled yet', () => {
  it('says so, and answers what needs no device', async () => {
    const counter = await startTestCounter();
    expect(await counter.get('counter.status', {})).toMatchObject({ enrolled: false, outlet: null, deviceNo: null });
    expect(await counter.get('sign-in.officers', {})).toEqual([]);
    expect(await counter.get('sign-in.current', {})).toBeNull();
    expect(await counter.refusal('sign-in.begin', { officerId: 'petugas-1', pin: '123456' })).toEqual({
      code: 'NOT_ENROLLED',
    });
    expect(await counter.refusal('outbox.send-now', {})).toEqual({ code: 'NOT_ENROLLED' });
    expect(await counter.refusal('vehicles.find', { text: 'AG 1 A' })).toEqual({ code: 'NOT_SIGNED_IN' });
  });
});

describe('a counter that is closing', () => {
  const folder = useEnrolledFolder();

  it('says so to whoever still asks, and leaves nobody waiting', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    await counter.stop();
    for (const method of ['counter.status', 'sign-in.officers', 'outbox.send-now'] as const) {
      expect(await counter.refusal(method, {}), method).toEqual({ code: 'SHUTTING_DOWN' });
    }
  });
});
