// Loaded before a counter by `--import`: the same program with `synchronous = NORMAL`. It exists so that the power cuts
// can be shown to find what they look for; no setting of the product does this.
import { registerHooks } from 'node:module';

const CHANGES = [
  ["'PRAGMA synchronous = FULL'", "'PRAGMA synchronous = NORMAL'"],
  ['const FULL = 2;', 'const FULL = 1;'],
] as const;

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/src/main/core/db/open.ts')) return loaded;
    let source = Buffer.from(loaded.source as Uint8Array).toString(); // a file is read as bytes
    for (const [strong, weak] of CHANGES) {
      if (!source.includes(strong)) throw new Error(`db/open.ts no longer says ${strong}`);
      source = source.replaceAll(strong, weak);
    }
    return { ...loaded, source };
  },
});
