import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What the page must know of this province; all of it is public. */
export type PageFacts = {
  /** Raw root keys, base64url: whoever changes them in a saved page has another page, not another paper. */
  readonly rootKeys: readonly string[];
  /** Raw signing keys of the devices that were revoked, base64url. */
  readonly revokedKeys: readonly string[];
  /** Address of the states, without a slash at the end. */
  readonly stateUrl: string;
  /** The same for slips. */
  readonly slipUrl: string;
  /** Names of the outlets by id. */
  readonly outlets: Readonly<Record<string, string>>;
};

const OWN_MODULES = [
  'proof-parts.ts',
  'judge-proof.ts',
  'receipt-text.ts',
  'verify-receipt.ts',
  'receipt-words.ts',
  'slip-text.ts',
  'verify-slip.ts',
  'slip-words.ts',
  'page.ts',
] as const;
const HASH_MODULES = ['sha2.js', '_md.js', '_u64.js', 'utils.js'] as const;

const dataUrl = (source: string): string => `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;

/** A module inside a data: address has no neighbours, so './x' becomes a name of the import map. */
function nameImports(source: string, prefix: string): string {
  return source.replaceAll(/(from\s*['"])\.\//g, `$1${prefix}`);
}

/** Modules by the names under which they import each other. */
function importMap(): Readonly<Record<string, string>> {
  const modules: Record<string, string> = {};
  for (const name of OWN_MODULES) {
    const source = readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');
    modules[`page/${name}`] = nameImports(stripTypeScriptTypes(source), 'page/');
  }
  for (const name of HASH_MODULES) {
    const file = fileURLToPath(import.meta.resolve('@noble/hashes/sha2.js')).replace(/sha2\.js$/, name);
    modules[`@noble/hashes/${name}`] = nameImports(readFileSync(file, 'utf8'), '@noble/hashes/');
  }
  modules['@noble/ed25519'] = readFileSync(fileURLToPath(import.meta.resolve('@noble/ed25519')), 'utf8');
  return Object.fromEntries(Object.entries(modules).map(([name, source]) => [name, dataUrl(source)]));
}

/** JSON inside a script element: no text of it may close the element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Makes the receipt page: one file that asks nothing from anywhere, save the state when there is a line. Reads its sources once. */
export function createReceiptPage(): (facts: PageFacts) => string {
  const imports = inScript({ imports: importMap() });
  const template = readFileSync(new URL('page/page.html', import.meta.url), 'utf8');
  return (facts) => template.replace('__FACTS__', () => inScript(facts)).replace('__IMPORTS__', () => imports);
}
