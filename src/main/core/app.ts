import { join } from 'node:path';
import type { Refusal } from '../../contract/errors.ts';
import type { EventFrame } from '../../contract/frames.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { CounterApp } from './app-interface.ts';
import { type CounterConfig, DATABASE_FILE } from './config.ts';
import { type Counter, createCounter } from './counter.ts';
import { counterMigrations } from './db/migrations/index.ts';
import { type Db, openDatabase } from './db/open.ts';
import { isReadingCopy } from './backup/reading-copy.ts';
import { goneData } from './device/data-folder.ts';
import { createColumnCipher } from './device/column-cipher.ts';
import { type DataLock, lockData } from './device/data-lock.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import { hasSecrets, loadSecrets } from './device/key-store.ts';
import { createSystemLog } from './device/system-log.ts';
import { openTimekeeper } from './device/open-timekeeper.ts';
import { createDispatch, type Handlers } from './dispatch.ts';
import { createEnrolmentDesk } from './enrolment-desk.ts';
import { type AppPorts, edgesOf } from './edges.ts';
import type { Foundation } from './foundation.ts';
import { createHandlers } from './handlers.ts';
import { folderToLeave, putAside } from './leave-outlet.ts';
import { createJournal } from './journal/journal.ts';
import { createMarks } from './journal/mark.ts';
import { createSubjectKeys } from './journal/subject-keys.ts';
import { owedReceipts, printOwed } from './owed-receipts.ts';
import { statusBeforeEnrolment } from './status.ts';
import { recallAuthority } from './trusted-authority.ts';
import { createUnsentMarker } from './sync/unsent-marker.ts';
import { countUnsentMoney } from './sync/delivery-store.ts';
import { deviceOf, isTrainingDevice, keysFit } from './training/training.ts';
import { afterOpening, beforeOpening } from './updates/settle-update.ts';

/** Everything that is open while the counter runs. */
type Running = { readonly lock: DataLock; readonly db: Db; counter: Counter | null };

/** Finds the second copy, and does not start where what it knows beyond the database and its marks cannot be declared. */
async function openSecondCopy({ mirror, config }: Counter): Promise<Result<unknown, Refusal>> {
  await mirror.open(config.firstMirrorDir ?? null);
  return await mirror.declarePast();
}

/** What goes on without a screen: the second copy of what was written, and paper for what a provider's word sold. */
function workByItself(counter: Counter, listeners: Set<(event: EventFrame) => void>): void {
  counter.payments.whenLooked(async () => await printOwed(counter, await owedReceipts(counter)));
  listeners.add(({ topic }) => {
    if (topic === 'outbox') counter.mirror.wake();
  });
  counter.mirror.wake();
  const { config, db, log } = counter;
  const unsentMoney = async (): Promise<number> => await db.read((tx) => countUnsentMoney(tx));
  const marker = createUnsentMarker({ dataDir: config.dataDir, unsentMoney, log });
  listeners.add(({ topic }) => marker.heard(topic));
  void marker.look();
}

/** Puts a counter together: lock, database, keys, journal, features, loop; the only place where parts are wired. */
export function createApp(config: CounterConfig, ports: AppPorts): CounterApp {
  const listeners = new Set<(event: EventFrame) => void>();
  const ownLog = ports.log === undefined ? createSystemLog(config.dataDir) : null;
  const edges = edgesOf(config, ports, ports.log ?? ownLog ?? createSystemLog(null), listeners);
  const { clock, random, log } = edges;
  const keyStore = { config, keepSecret: ports.shell.keepSecret, random };
  let running: Running | null = null;
  let stopping: Promise<void> | null = null;

  /** Opens what an enrolled device needs; a device without its keys is refused, never made anew. */
  const openCounter = async (db: Db, device: EnrolledDevice): Promise<Result<Counter, Refusal>> => {
    const loaded = await loadSecrets(keyStore);
    if (!loaded.ok) return loaded;
    const secrets = loaded.value;
    const timekeeper = await openTimekeeper(db, clock);
    const marks = createMarks({
      dataDir: config.dataDir,
      secondMarkDir: config.secondMarkDir,
      deviceId: device.deviceId,
      secrets,
      log,
    });
    const journal = createJournal({
      db,
      secrets,
      device: {
        deviceId: device.deviceId,
        outletId: device.outlet.outletId,
        keyStoreKind: device.keyStoreKind,
        appVersion: config.appVersion,
        training: isTrainingDevice(device),
      },
      timekeeper,
      marks,
      random,
      events: edges.events,
      log,
    });
    const foundation: Foundation = {
      ...edges,
      config,
      db,
      journal,
      marks,
      cipher: createColumnCipher(secrets, random),
      subjectKeys: createSubjectKeys(secrets, random),
      secrets,
      device,
      timekeeper,
    };
    // A device that was enrolled a moment ago opens its first epoch; any other must contain its own mark.
    const checked = await journal.checkMarks();
    if (!checked.ok) return checked;
    if (checked.value.state === 'empty') {
      const opened = await journal.openEpoch('enrolment');
      if (!opened.ok) return opened;
    }
    const counter = createCounter(foundation);
    const mirrored = await openSecondCopy(counter);
    if (!mirrored.ok) return mirrored;
    await counter.pagesLife.start();
    const recovered = await counter.printing.recover();
    if (!recovered.ok) return recovered;
    workByItself(counter, listeners);
    if (config.syncLoop) {
      counter.loop.start();
      counter.lane.start();
    }
    return ok(counter);
  };

  /** A device that was enrolled a moment ago becomes a counter. */
  const beginWork = async (
    into: Running,
    device: EnrolledDevice,
  ): Promise<{ deviceId: string; outletId: string; outletName: string }> => {
    const opened = await openCounter(into.db, device);
    if (!opened.ok) throw new Error(`a counter that was just enrolled does not open: ${opened.error.code}`);
    into.counter = opened.value;
    // The first contact brings keys, rules, officers and vehicles; a screen that waits for them is told.
    if (device.provinceUrl !== '') await opened.value.loop.runNow();
    edges.events.publish('device');
    const { deviceId, outlet } = device;
    return { deviceId, outletId: outlet.outletId, outletName: outlet.name };
  };

  const enrolment = createEnrolmentDesk({
    config,
    edges,
    keyStore,
    db: () => running?.db ?? null,
    begin: async (device) => {
      if (running === null) throw new Error('a counter that was just enrolled is closed');
      return await beginWork(running, device);
    },
  });

  const beforeEnrolment: Partial<Handlers> = {
    'counter.status': async () => ok(statusBeforeEnrolment(config, clock)),
    'sign-in.officers': async () => ok([]),
    'sign-in.current': async () => ok(null),
    ...enrolment,
  };
  let handlers: { readonly of: Counter; readonly table: Handlers } | null = null;

  const dispatch = createDispatch({
    handlers: () => {
      const counter = running?.counter ?? null;
      if (counter === null) return beforeEnrolment;
      if (handlers?.of !== counter) handlers = { of: counter, table: createHandlers(counter) };
      return handlers.table;
    },
    current: () => running?.counter?.auth.current() ?? null,
    auditorLooks: async (signIn, method, input) => {
      const counter = running?.counter ?? null;
      return counter === null ? err({ code: 'SCREEN_LOCKED' }) : await counter.auditorLooks(signIn, method, input);
    },
    isClosing: () => stopping !== null,
    log,
    newReference: () => Buffer.from(random.bytes(6)).toString('base64url'),
  });

  const start = async (): Promise<Result<void, Refusal>> => {
    const fitting = keysFit(config);
    if (!fitting.ok) return fitting;
    const lock = lockData(config.dataDir);
    if (!lock.ok) return lock;
    const gone = goneData(config);
    const settled = gone === undefined ? beforeOpening(config) : err(gone);
    if (!settled.ok) {
      lock.value.release();
      return settled;
    }
    const isKnown = hasSecrets(config.dataDir);
    const db = await openDatabase({
      file: join(config.dataDir, DATABASE_FILE),
      migrations: counterMigrations,
      // Keys without a database: the file was lost. An empty one in its place would hide that.
      create: !isKnown,
      onNotice: ({ notice }) => log.write('info', `database.${notice.toLowerCase()}`),
    });
    if (!db.ok) {
      lock.value.release();
      return db;
    }
    const leaves = await folderToLeave(db.value);
    if (leaves !== undefined) {
      await db.value.close();
      putAside(config.dataDir, leaves);
      lock.value.release();
      log.write('warn', 'counter.put-aside');
      return await start();
    }
    if (await isReadingCopy(db.value)) {
      await db.value.close();
      lock.value.release();
      return err({ code: 'DATA_IS_COPY' });
    }
    await recallAuthority(db.value, edges);
    const found = await deviceOf({ clock, random, config, keyStore, db: db.value });
    if (!found.ok) {
      await db.value.close();
      lock.value.release();
      return found;
    }
    const device = found.value;
    const counter = device === undefined ? ok(null) : await openCounter(db.value, device);
    if (!counter.ok) {
      await db.value.close();
      lock.value.release();
      return counter;
    }
    running = { lock: lock.value, db: db.value, counter: counter.value };
    afterOpening(config);
    log.write('info', 'counter.started', { enrolled: device !== undefined });
    return ok(undefined);
  };

  const stop = async (): Promise<void> => {
    const open = running;
    if (open === null) return;
    await open.counter?.loop.stop();
    await open.counter?.lane.stop();
    await open.counter?.pagesLife.stop();
    await open.counter?.reportDesk.stop();
    await open.counter?.printing.settled();
    await open.counter?.backups.settled();
    await open.counter?.auth.end('shutdown');
    await open.counter?.mirror.stop();
    running = null;
    await open.db.close();
    open.lock.release();
    log.write('info', 'counter.stopped');
    ownLog?.close();
  };

  return {
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    openDoor: async ({ url, secret }) => {
      await running?.lock.openDoor({ pid: process.pid, url, secret });
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
