import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, vi } from 'vitest';
import { startBrowserHost } from '../../../src/main/shells/browser/http-server.ts';
import { openHostBridge } from '../../../src/renderer/app/host-bridge.ts';
import { describeShell } from '../contract-suite.ts';

/** What the page-side bridge asks of a window: its address, and the memory of a reload. */
function pageAt(url: string): Window {
  const { hash, pathname } = new URL(url);
  const memory = new Map<string, string>();
  const page: unknown = {
    location: { hash, pathname },
    sessionStorage: { getItem: (key: string) => memory.get(key) ?? null, setItem: memory.set.bind(memory) },
    history: { replaceState: () => undefined },
  };
  return page as Window;
}

afterEach(() => vi.unstubAllGlobals());

// Both sides are the real ones: the page's own bridge speaks over real HTTP with the host.
describeShell('the browser host', async (app) => {
  const pageFolder = await mkdtemp(join(tmpdir(), 'opop-page-'));
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html>');
  const host = await startBrowserHost({ app, pageFolder, port: 0 });
  if (!host.ok) throw new Error(host.error);
  const { origin, url, close } = host.value;
  const realFetch = globalThis.fetch;
  const gone = new AbortController();
  // A browser resolves the path against the page and adds its origin.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    gone.signal.aborted
      ? new Promise(() => undefined)
      : realFetch(origin + path, { ...init, headers: { ...init.headers, origin } }),
  );
  return {
    bridge: openHostBridge(pageAt(url)),
    close: async () => {
      gone.abort();
      await close();
      await rm(pageFolder, { recursive: true });
    },
  };
});
