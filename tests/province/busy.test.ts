import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/province/http/server.ts';
import { SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const WIDE = { enrol: 10_000, challenge: 10_000, receipts: 10_000 };

describe('a full house', () => {
  it('answers what it cannot take at once 503 with a wait that differs, and takes it when there is room', async () => {
    const server = await buildServer(world.province, WIDE, { pushesAtOnce: 2 });
    const { db } = world.province.context;
    const devices: TestDevice[] = [];
    for (let count = 0; count < 12; count += 1) {
      const device = await TestDevice.enrol(server, await world.code());
      device.append(SIGNED_IN);
      devices.push(device);
    }
    const held: { open: () => void } = { open: () => undefined };
    const gate = new Promise<void>((done) => {
      held.open = done;
    });
    const locked: { now: () => void } = { now: () => undefined };
    const isLocked = new Promise<void>((done) => {
      locked.now = done;
    });
    // Somebody holds every device's row, so the pushes at work stay at work.
    const holder = db.transaction().execute(async (tx) => {
      await sql`select 1 from device for update`.execute(tx);
      locked.now();
      await gate;
    });
    await isLocked;
    const send = (device: TestDevice) => device.request('POST', '/v1/push', { entries: device.chain, subjectKeys: [] });
    let answered = 0;
    const pushes = devices.map(async (device) => {
      const answer = await send(device);
      answered += 1;
      return answer;
    });
    const refused: { status: number; wait: string | undefined }[] = [];
    const first = await Promise.race(pushes);
    expect(first).toMatchObject({ status: 503, json: { error: { code: 'BUSY' } } });
    // The two at work stay until everybody else has been sent away.
    await expect.poll(() => answered, { timeout: 20_000, interval: 20 }).toBe(10);
    held.open();
    await holder;
    for (const [index, answer] of (await Promise.all(pushes)).entries()) {
      expect([200, 503]).toContain(answer.status);
      refused.push({ status: answer.status, wait: answer.headers['retry-after'] });
      if (answer.status === 503) expect((await send(devices[index] as TestDevice)).status).toBe(200); // index of this very list
    }
    const waits = refused.filter(({ status }) => status === 503).map(({ wait }) => Number(wait));
    expect(waits).toHaveLength(10);
    expect(waits.every((wait) => Number.isInteger(wait) && wait >= 1 && wait <= 15)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(1);
    await server.close();
  });

  it('gives a place back when the work in it fails', async () => {
    const server = await buildServer(world.province, WIDE, { pushesAtOnce: 1 });
    const device = await TestDevice.enrol(server, await world.code());
    device.append(SIGNED_IN);
    const entries = [{ text: 'no entry', hash: 'A'.repeat(43), sig: 'A'.repeat(86) }];
    for (let count = 0; count < 3; count += 1) {
      expect((await device.request('POST', '/v1/push', { entries, subjectKeys: [] })).status).toBe(400);
    }
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
    await server.close();
  });

  it('says nothing but come back when the database ends under a push, and loses nothing', async () => {
    const away = await openTestProvince();
    const device = await TestDevice.enrol(away.server, await away.code());
    device.append(SIGNED_IN);
    const { db } = away.province.context;
    await sql`create function end_of_line() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return null; end $$`.execute(db);
    await sql`create trigger end_of_line before insert on entry execute function end_of_line()`.execute(db);
    const answer = await device.request('POST', '/v1/push', { entries: device.chain, subjectKeys: [] });
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'BUSY' } } });
    await sql`drop trigger end_of_line on entry`.execute(db);
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
    await away.close();
  });
});
