import { describe, expect, it } from 'vitest';
import { createDispatch, type Handlers } from '../../src/main/core/dispatch.ts';
import { sqliteError } from '../../src/main/core/db/driver.ts';
import { createRecordingLog } from '../support/recording-log.ts';

/** The door before a counter whose status throws. */
function doorBefore(error: Error) {
  const log = createRecordingLog();
  const handlers: Partial<Handlers> = { 'counter.status': () => Promise.reject(error) };
  const dispatch = createDispatch({
    handlers: () => handlers,
    current: () => null,
    auditorLooks: () => Promise.reject(new Error('nobody looks here')),
    isClosing: () => false,
    log,
    newReference: () => 'AbCdEfGh',
  });
  return { log, ask: () => dispatch({ id: '1', method: 'counter.status', input: {} }) };
}

describe('a question that the counter cannot answer', () => {
  it('because its disk cannot be read is a failing disk, not a bug of the program', async () => {
    const { log, ask } = doorBefore(sqliteError('disk I/O error', 'SQLITE_IOERR_READ'));
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'STORAGE_FAILED' } });
    expect(log.lines.map(({ event }) => event)).toEqual(['handler.storage']);
  });

  it('because a constraint was broken is a bug with a reference into the log', async () => {
    const { ask } = doorBefore(sqliteError('no', 'SQLITE_CONSTRAINT_UNIQUE'));
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'INTERNAL', reference: 'AbCdEfGh' } });
  });

  it('because a line broke is a bug too: its error codes look like those of a file', async () => {
    const { ask } = doorBefore(Object.assign(new Error('no'), { code: 'ECONNRESET', syscall: 'read' }));
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });
});
