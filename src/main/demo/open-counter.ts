import { join } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';
import { createApp } from '../core/app.ts';
import type { CounterConfig } from '../core/config.ts';
import { counterConfig } from '../counter-config.ts';
import { serveCounter, type ServedCounter, type ServeRefusal } from '../shells/browser/serve-counter.ts';
import { serveFaultSentence } from '../start-faults.ts';
import { enrolCounter, enrolmentOf } from './enrol-counter.ts';
import type { ProvincePlace } from './province-command.ts';

/** A counter that is being served, with its settings. */
export type OpenCounter = { readonly served: ServedCounter; readonly config: CounterConfig };

/** Why there is no counter: what is said at the terminal, and the fault that a page can show. */
export type OpenFault = {
  readonly sentence: string;
  readonly fault: ServeRefusal | null;
  readonly config: CounterConfig;
};

type Say = (line: string) => void;
type ServeWish = { readonly pageFolder: string; readonly port: number; readonly say: Say };

const faultOf = (fault: ServeRefusal, config: CounterConfig): OpenFault => ({
  sentence: serveFaultSentence(fault),
  fault,
  config,
});

/** Serves a counter on the wished port; when that is taken, on a free one, and says so. */
export async function serveOnFreePort(
  config: CounterConfig,
  { pageFolder, port, say }: ServeWish,
): Promise<Result<OpenCounter, OpenFault>> {
  const makeApp: Parameters<typeof serveCounter>[0] = (shell) => createApp(config, { shell });
  const first = await serveCounter(makeApp, { pageFolder, port });
  if (first.ok) return ok({ served: first.value, config });
  if (first.error.kind !== 'port-in-use') return err(faultOf(first.error, config));
  say(`Port ${port} dipakai program lain; loket memakai port lain.`);
  const second = await serveCounter(makeApp, { pageFolder, port: 0 });
  return second.ok ? ok({ served: second.value, config }) : err(faultOf(second.error, config));
}

const demoConfig = (dataDir: string): CounterConfig => counterConfig({ dataDir, mode: 'demo', keyStoreKind: 'demo' });

/**
 * Opens the demo counter and enrols it at the province where it is not yet. A counter that knows the province under
 * another address (its port was taken this time) is left alone, and one of its own is made for this address.
 */
export async function openDemoCounter(
  wish: ServeWish & {
    readonly dataDir: string;
    readonly place: ProvincePlace;
    readonly provinceUrl: string;
    /** Whose own device it is; null for a counter. */
    readonly supervisorId: string | null;
  },
): Promise<Result<OpenCounter, OpenFault>> {
  const { dataDir, place, provinceUrl, say, supervisorId } = wish;
  let opened = await serveOnFreePort(demoConfig(dataDir), wish);
  if (!opened.ok) return opened;
  let state = await enrolmentOf(opened.value.served.app);
  if (state.enrolled && state.provinceUrl !== null && state.provinceUrl !== provinceUrl) {
    const other = `${dataDir}-${new URL(provinceUrl).port}`;
    say(`Loket di ${dataDir} terdaftar di ${state.provinceUrl}; untuk ${provinceUrl} dipakai ${other}.`);
    await opened.value.served.stop();
    opened = await serveOnFreePort(demoConfig(join(other)), wish);
    if (!opened.ok) return opened;
    state = await enrolmentOf(opened.value.served.app);
  }
  if (state.enrolled) return opened;
  say('Mendaftarkan loket di Bapenda contoh ...');
  const enrolled = await enrolCounter(opened.value.served.app, place, provinceUrl, supervisorId);
  if (enrolled.ok) return opened;
  await opened.value.served.stop();
  const { config } = opened.value;
  return err({ sentence: `Loket tidak dapat didaftarkan: ${enrolled.error}`, fault: null, config });
}
