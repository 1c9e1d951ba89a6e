import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import { requestFrameSchema } from '../../../contract/frames.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { CounterApp } from '../../core/app-interface.ts';
import type { ShellPort } from '../../core/ports.ts';
import { type BrowserHost, startBrowserHost } from './http-server.ts';
import { createBrowserShellPort } from './shell-port.ts';

/** Why the counter is not served. */
export type ServeRefusal =
  | { readonly kind: 'app'; readonly refusal: Refusal }
  | { readonly kind: 'port-in-use'; readonly port: number }
  | { readonly kind: 'page-not-built'; readonly folder: string };

/** A counter that is being served. */
export type ServedCounter = {
  readonly app: CounterApp;
  readonly host: BrowserHost;
  /** Resolves when the page or a person asked to quit. */
  readonly quitAsked: Promise<void>;
  /** First the door, then the app: no call comes in while the data is being closed. */
  readonly stop: () => Promise<void>;
};

/** Starts the app, then its door on 127.0.0.1, then tells the app where the door is. `port` 0 takes a free one. */
export async function serveCounter(
  makeApp: (shell: ShellPort) => CounterApp,
  options: { readonly pageFolder: string; readonly port: number; readonly locked?: boolean },
): Promise<Result<ServedCounter, ServeRefusal>> {
  const { pageFolder, port } = options;
  if (!existsSync(join(pageFolder, 'index.html'))) return err({ kind: 'page-not-built', folder: pageFolder });
  const quitters = new EventTarget();
  const quitAsked = new Promise<void>((resolve) => quitters.addEventListener('quit', () => resolve(), { once: true }));
  const quit = (): void => void quitters.dispatchEvent(new Event('quit'));
  const app = makeApp(createBrowserShellPort(quit, options.locked === true));
  const started = await app.start();
  if (!started.ok) return err({ kind: 'app', refusal: started.error });
  const opened = await startBrowserHost({ app, pageFolder, port });
  if (!opened.ok) {
    await app.stop();
    return err({ kind: 'port-in-use', port });
  }
  const host = opened.value;
  await app.openDoor({ url: host.origin, secret: host.secret });
  return ok({
    app,
    host,
    quitAsked,
    stop: async () => {
      await host.close();
      await app.stop();
    },
  });
}

/** The screens over a counter that did not start: whatever they ask, the answer is why, in three sentences. */
export async function serveRefusal(
  refusal: Refusal,
  options: { readonly pageFolder: string; readonly port: number },
): Promise<Result<BrowserHost, ServeRefusal>> {
  const { pageFolder, port } = options;
  if (!existsSync(join(pageFolder, 'index.html'))) return err({ kind: 'page-not-built', folder: pageFolder });
  const app: Pick<CounterApp, 'dispatch' | 'subscribe'> = {
    dispatch: async (frame) => {
      const asked = requestFrameSchema.safeParse(frame);
      return { id: asked.success ? asked.data.id : '', ok: false, error: refusal };
    },
    subscribe: () => () => undefined,
  };
  const opened = await startBrowserHost({ app, pageFolder, port });
  return opened.ok ? ok(opened.value) : err({ kind: 'port-in-use', port });
}
