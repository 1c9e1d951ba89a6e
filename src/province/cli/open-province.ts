import { mkdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, useCluster } from '../db/cluster.ts';
import { DatabaseShapeError } from '../db/migrate.ts';
import { type Db, openDatabase } from '../db/open.ts';
import type { ProvincePlace } from '../config.ts';
import { createPageRoom } from '../documents/page-room.ts';
import { KeysOfAnotherProvince } from '../first-start.ts';
import { loadKeyRing } from '../keys/key-ring.ts';
import { createProvince, type Province } from '../province.ts';
import { DEFAULT_SETTINGS, type ProvinceLog } from '../province-context.ts';
import { CliRefusal } from './cli-refusal.ts';

/** An opened province; `close` leaves the database, and stops it when nobody else uses it. */
export type OpenedProvince = {
  readonly province: Province;
  readonly close: () => Promise<void>;
  /** Resolves when our own PostgreSQL ends under us; never for a server by URL, whose pool finds its way back. */
  readonly databaseLost: Promise<void>;
};

const DATABASE_NAME = 'province';

/** NDJSON on stderr: messages for people and programs, never data. */
const stderrLog: ProvinceLog = (level, event, facts) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`);
};

type OpenedDatabase = { readonly db: Db; readonly close: () => Promise<void>; readonly lost: Promise<void> };

const NEVER = new Promise<void>(() => undefined);

async function openAt(place: ProvincePlace): Promise<OpenedDatabase> {
  const onPoolError = (error: Error): void => stderrLog('error', 'DATABASE_CONNECTION_LOST', { error: error.message });
  if (place.databaseUrl !== undefined) {
    const db = await openDatabase(place.databaseUrl, onPoolError);
    return { db, close: () => db.destroy(), lost: NEVER };
  }
  const say = (message: string): void => void process.stderr.write(`${message}\n`);
  const cluster = await useCluster({ folder: place.dataFolder, say });
  try {
    await ensureDatabase(cluster, DATABASE_NAME);
    const db = await openDatabase(cluster.urlOf(DATABASE_NAME), onPoolError);
    return {
      db,
      close: async () => {
        await db.destroy();
        await cluster.leave();
      },
      lost: cluster.lost,
    };
  } catch (error) {
    await cluster.leave();
    throw error;
  }
}

/** The address that a running server was given, for links in messages of other commands. */
function rememberedUrl(place: ProvincePlace): string {
  const file = join(place.dataFolder, 'server.json');
  if (!existsSync(file)) return 'http://127.0.0.1';
  const remembered: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const url = typeof remembered === 'object' && remembered !== null && 'url' in remembered ? remembered.url : undefined;
  return typeof url === 'string' ? url : 'http://127.0.0.1';
}

/** Opens the province of a place for one command or for serving. */
export async function openProvince(
  place: ProvincePlace,
  settings: {
    readonly publicUrl?: string;
    readonly bookingDelayMs?: number;
    readonly agencyStepMs?: number | null;
    readonly referencePaymentMs?: number | null;
  } = {},
): Promise<OpenedProvince> {
  mkdirSync(place.dataFolder, { recursive: true });
  const keys = loadKeyRing(place.keysFolder);
  const { db, close, lost } = await openAt(place).catch((error: unknown) => {
    if (error instanceof DatabaseShapeError) throw new CliRefusal('DATABASE_FROM_FUTURE', error.message);
    throw error;
  });
  const pages = createPageRoom(place.documentsFolder);
  try {
    const province = await createProvince({
      context: {
        db,
        keys,
        pages,
        now: () => Date.now(),
        settings: {
          ...DEFAULT_SETTINGS,
          publicUrl: settings.publicUrl ?? rememberedUrl(place),
          ...(settings.bookingDelayMs === undefined ? {} : { bookingDelayMs: settings.bookingDelayMs }),
          agencyStepMs: settings.agencyStepMs ?? null,
          referencePaymentMs: settings.referencePaymentMs ?? null,
        },
        log: stderrLog,
      },
    });
    const leave = async (): Promise<void> => {
      pages.pictures.close();
      await close();
    };
    return { province, close: leave, databaseLost: lost };
  } catch (error) {
    await close();
    if (error instanceof KeysOfAnotherProvince) throw new CliRefusal('KEYS_OF_ANOTHER_PROVINCE', error.message, 'keys');
    throw error;
  }
}
