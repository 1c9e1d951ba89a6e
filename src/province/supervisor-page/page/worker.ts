/** What this script uses of a service worker; the compiler's library has either a page or a worker. */
type Extendable = { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetching = { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void };
type Worker = {
  readonly addEventListener: ((on: 'install' | 'activate', work: (event: Extendable) => void) => void) &
    ((on: 'fetch', work: (event: Fetching) => void) => void);
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
};

const worker = globalThis as unknown as Worker; // the browser runs this file as a service worker and nothing else
/** Both are written by the province into this very file. */
const CACHE = 'kode-__VERSION__';
const FILES = JSON.parse('__FILES__') as readonly string[]; // a list of addresses

/** All files of one version or none. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
  await worker.skipWaiting();
}

async function dropOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE && name.startsWith('kode-')) await caches.delete(name);
  await worker.clients.claim();
}

/** The kept file; the line is asked only for what is not kept. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(keepFiles()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
worker.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});
