import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemWait } from '../../../src/main/core/device/system-ports.ts';
import { forkPageWorker } from '../../../src/main/core/documents/fork-page-worker.ts';
import { createPageDesk, type PageDesk } from '../../../src/main/core/documents/page-desk.ts';
import type { PageWorker } from '../../../src/main/core/ports.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

const programOf = (name: string): string =>
  join(import.meta.dirname, '..', '..', 'support', 'page-programs', `${name}.ts`);
const fileThatSays = (how: string): Uint8Array => new Uint8Array(Buffer.from(how));
/** Thirty seconds of the product are one and a half here. */
const hurried = systemWait();
const wait: typeof hurried = (ms, signal) => hurried(ms / 20, signal);

function deskWith(program: string, patience: typeof hurried = wait): { desk: PageDesk; started: PageWorker[] } {
  const started: PageWorker[] = [];
  const start = (): PageWorker => {
    const worker = forkPageWorker(programOf(program));
    started.push(worker);
    return worker;
  };
  const desk = createPageDesk({ start, wait: patience, log: createRecordingLog() });
  onTestFinished(() => desk.stop());
  return { desk, started };
}

describe('the page worker', () => {
  it.each([
    ['hangs', 'hang', 'PAGE_TOO_SLOW', undefined],
    ['never answers', 'wait', 'PAGE_TOO_SLOW', undefined],
    ['crashes', 'crash', 'PAGE_HOSTILE', 'crash'],
    ['ends by itself', 'exit', 'PAGE_DAMAGED', 'worker-ended'],
    ['eats memory', 'memory', 'PAGE_HOSTILE', 'memory'],
    ['answers with something else than a picture', 'lie', 'PAGE_HOSTILE', 'answer'],
  ])('that %s loses that one file, and the next file gets a fresh one', async (_what, how, code, found) => {
    // Memory takes its time on a busy machine; it is not the clock that must win.
    const { desk, started } = deskWith('broken-worker', how === 'memory' ? hurried : wait);
    const details = found === undefined ? {} : { details: { found } };
    expect(await desk.look(fileThatSays(how), 1)).toMatchObject({ ok: false, error: { code, ...details } });
    expect(await desk.look(fileThatSays('good'), 1)).toEqual({ ok: true, value: { pages: [], left: 0 } });
    expect(started).toHaveLength(2);
  });

  it('that is killed from outside in the middle of a file loses that file, and answers the next', async () => {
    const { desk, started } = deskWith('broken-worker');
    const looking = desk.look(fileThatSays('wait'), 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    started[0]?.kill();
    expect(await looking).toMatchObject({ ok: false, error: { code: 'PAGE_DAMAGED' } });
    expect(await desk.look(fileThatSays('good'), 1)).toMatchObject({ ok: true });
  });

  it('works on one file after the other, in one process', async () => {
    const { desk, started } = deskWith('broken-worker');
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => desk.look(fileThatSays(text), 1)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(started).toHaveLength(1);
  });

  it('that was taken over reads no file of ours, writes none, starts nothing and sees no environment', async () => {
    const { desk } = deskWith('curious-worker');
    expect(await desk.look(fileThatSays('x'), 1)).toEqual({
      ok: false,
      error: { code: 'PAGE_DAMAGED', details: { could: '' } },
    });
  });

  it('ends when nobody needs it for a minute', async () => {
    const { desk, started } = deskWith('broken-worker');
    const ended = new Promise((resolve) => {
      desk.warm();
      started[0]?.onEnd((_code, signal) => resolve(signal));
    });
    expect(await ended).toBe('SIGKILL');
  });
});
