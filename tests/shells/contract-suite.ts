import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EVENT_TOPICS,
  type EventFrame,
  type HostBridge,
  type RequestFrame,
  requestFrameSchema,
  type ResponseFrame,
} from '../../src/contract/frames.ts';
import type { CounterApp } from '../../src/main/core/app-interface.ts';

/** The smallest app that a shell can host: parses the envelope, answers what it was asked, publishes what it is told. */
export type EchoApp = Pick<CounterApp, 'dispatch' | 'subscribe'> & {
  readonly publish: (event: EventFrame) => void;
  /** Every frame that came through the door, as it came. */
  readonly seen: unknown[];
  readonly listeners: () => number;
};

/** Makes an app that answers `echo` with its input, `big` with a million characters, anything else with a refusal. */
export function createEchoApp(): EchoApp {
  const listeners = new Set<(event: EventFrame) => void>();
  const seen: unknown[] = [];
  return {
    seen,
    listeners: () => listeners.size,
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: async (frame): Promise<ResponseFrame> => {
      seen.push(frame);
      const parsed = requestFrameSchema.safeParse(frame);
      if (!parsed.success) return { id: '', ok: false, error: { code: 'BAD_FRAME' } };
      const { id, method, input } = parsed.data;
      if (method === 'echo') return { id, ok: true, value: input };
      if (method === 'big') return { id, ok: true, value: 'x'.repeat(1_000_000) };
      return { id, ok: false, error: { code: 'UNKNOWN_METHOD', path: ['method'], details: { method } } };
    },
  };
}

/** A shell with its page: the bridge as the page has it, and the way to take it down. */
export type OpenedShell = { readonly bridge: HostBridge; readonly close: () => Promise<void> };

/** A shell whose page hears events only after a moment says when it does. */
async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 5_000, interval: 10 }).toBe(true);
}

/** What every shell owes the page; run on each of them. */
export function describeShell(name: string, openShell: (app: EchoApp) => Promise<OpenedShell>): void {
  describe(`the bridge through ${name}`, () => {
    let app: EchoApp;
    let shell: OpenedShell;
    beforeEach(async () => {
      app = createEchoApp();
      shell = await openShell(app);
    });
    afterEach(async () => {
      await shell.close();
    });

    it('has two functions and nothing else', () => {
      expect(Object.keys(shell.bridge).toSorted()).toEqual(['onEvent', 'request']);
      expect(Object.values(shell.bridge).every((value) => typeof value === 'function')).toBe(true);
    });

    it('carries any input in and any answer out unchanged', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), fc.uuid(), async (input, id) => {
          const value: unknown = JSON.parse(JSON.stringify(input));
          expect(await shell.bridge.request({ id, method: 'echo', input: value })).toEqual({ id, ok: true, value });
        }),
        { numRuns: 30 },
      );
    });

    it('carries a refusal as an answer, with its code, path and facts', async () => {
      expect(await shell.bridge.request({ id: '1', method: 'no.such', input: {} })).toEqual({
        id: '1',
        ok: false,
        error: { code: 'UNKNOWN_METHOD', path: ['method'], details: { method: 'no.such' } },
      });
    });

    it('lets the app judge a hostile frame, and lives on', async () => {
      const hostile: readonly unknown[] = [
        null,
        7,
        'frame',
        [],
        {},
        { id: '', method: 'echo' },
        { id: '1', method: 3 },
      ];
      for (const frame of hostile) {
        expect(await shell.bridge.request(frame as RequestFrame)).toHaveProperty('error.code', 'BAD_FRAME');
      }
      expect(app.seen).toEqual(hostile);
      expect(await shell.bridge.request({ id: '2', method: 'echo', input: 2 })).toHaveProperty('value', 2);
    });

    it('pairs each answer with its question when many are asked at once', async () => {
      const ids = Array.from({ length: 40 }, (_, index) => String(index));
      const answers = await Promise.all(ids.map((id) => shell.bridge.request({ id, method: 'echo', input: { id } })));
      expect(answers).toEqual(ids.map((id) => ({ id, ok: true, value: { id } })));
    });

    it('carries an answer of a million characters', async () => {
      expect(await shell.bridge.request({ id: '1', method: 'big', input: {} })).toEqual({
        id: '1',
        ok: true,
        value: 'x'.repeat(1_000_000),
      });
    });

    it('brings every event to every listener, in order, and none after the listener left', async () => {
      const [first, second]: [EventFrame[], EventFrame[]] = [[], []];
      const leave = shell.bridge.onEvent((event) => first.push(event));
      shell.bridge.onEvent((event) => second.push(event));
      await eventually(() => app.listeners() > 0);
      // A page may be told that everything is stale when it connects: what counts is what comes afterwards.
      await eventually(() => {
        app.publish({ topic: 'printing' });
        return first.some((event) => event.topic === 'printing') && second.some((event) => event.topic === 'printing');
      });
      const told = EVENT_TOPICS.map((topic) => ({ topic }));
      for (const event of told) app.publish(event);
      await eventually(() => second.at(-1)?.topic === told.at(-1)?.topic);
      expect(first.slice(-told.length)).toEqual(told);
      expect(second.slice(-told.length)).toEqual(told);
      const heard = first.length;
      leave();
      app.publish({ topic: 'status' });
      await eventually(() => second.at(-1)?.topic === 'status');
      expect(first).toHaveLength(heard);
    });
  });
}
