import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { sha256 } from '../crypto/hashing.ts';

/** One file of the page as a browser gets it. */
export type PageFile = { readonly type: string; readonly text: string };

const SOURCE = new URL('../../', import.meta.url);
const PAGE = 'province/supervisor-page/page';
/** Under this address the page finds its modules, laid out as they lie in the program: nothing is bundled or rewritten. */
const MODULES_PATH = '/kode/app';
const SCRIPT = 'text/javascript; charset=utf-8';

const IMPORTED = /(?:from|import)\s*['"](\.[^'"]+)['"]/g;

/** A module and all that it imports, by their paths under `src`. */
function modulesFrom(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const address = new URL(name, SOURCE);
    const text = stripTypeScriptTypes(readFileSync(address, 'utf8'));
    found.set(name, text);
    for (const [, path = ''] of text.matchAll(IMPORTED)) {
      waiting.push(new URL(path, address).href.slice(SOURCE.href.length));
    }
  }
  return found;
}

/** Every file of the page by its address. Its worker knows them by a name made of what they say, so new files are another name. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const read = (name: string): string => readFileSync(new URL(`${PAGE}/${name}`, SOURCE), 'utf8');
  const files = new Map<string, PageFile>([
    ['/kode', { type: 'text/html; charset=utf-8', text: read('page.html') }],
    ['/kode/page.css', { type: 'text/css; charset=utf-8', text: read('page.css') }],
    ...[...modulesFrom(`${PAGE}/page.ts`)].map(([name, text]): [string, PageFile] => [
      `${MODULES_PATH}/${name}`,
      { type: SCRIPT, text },
    ]),
  ]);
  const version = sha256(JSON.stringify([...files])).slice(0, 12);
  const worker = stripTypeScriptTypes(read('worker.ts'))
    .replace('__VERSION__', version)
    .replace('__FILES__', JSON.stringify([...files.keys()]));
  return new Map([...files, ['/kode/worker.js', { type: SCRIPT, text: worker }]]);
}
