import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * One file of a program of this folder, with everything that it imports from us: it starts in half the time of its
 * sources, and the tests start it some hundred times. The desktop program is compiled in the same way.
 */
export async function compiledProgram(name: string): Promise<string> {
  // Inside node_modules, so that the packages with native parts are found from there.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'crash-'));
  onTestFinished(() => rmSync(outDir, { recursive: true, force: true }));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join('tests', 'crash', `${name}.ts`), outDir, emptyOutDir: false, minify: false },
    ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'pdfmake'] },
  });
  return join(outDir, `${name}.js`);
}

/** Where processes of a compiled program share what they compiled; one that is killed leaves nothing there. */
export function compileCacheOf(program: string): { readonly NODE_COMPILE_CACHE?: string } {
  return program.endsWith('.js') ? { NODE_COMPILE_CACHE: join(dirname(program), 'compiled') } : {};
}
