// `node --import tests/sync/edges/register.ts …`: puts the watched edges in place of the real ones, and one mutant's
// patch into the product, at load. The product itself has no hook for tests.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findMutant } from '../mutants.ts';
import { patched } from '../patch.ts';

const root = new URL('../../../', import.meta.url).href;
const EDGES: Readonly<Record<string, string>> = {
  [`${root}src/main/core/db/driver.ts`]: new URL('driver.ts', import.meta.url).href,
  [`${root}src/main/core/db/durable-file.ts`]: new URL('durable-file.ts', import.meta.url).href,
  [`${root}src/main/core/device/system-ports.ts`]: new URL('system-ports.ts', import.meta.url).href,
};
/** What seals files, wherever the package that uses it keeps its own copy. */
const CIPHER = '@noble/ciphers/chacha.js';
const name = process.env['LOKET_MUTANT'];
const mutant = name === undefined || name === '' ? undefined : findMutant(name);

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const edge = EDGES[resolved.url];
    if (specifier === CIPHER)
      return { ...resolved, url: new URL('chacha.ts', import.meta.url).href, format: 'module-typescript' };
    // The edge itself reaches the real one.
    return edge === undefined || context.parentURL === edge ? resolved : { ...resolved, url: edge };
  },
  load: (url, context, next) => {
    if (mutant === undefined || url !== `${root}${mutant.file}`) return next(url, context);
    const source = patched(readFileSync(fileURLToPath(url), 'utf8'), mutant);
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
