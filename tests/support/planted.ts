import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Every file below some folders with its bytes; the papers of the citizen are left out, for they are his. */
export function filesBelow(...folders: readonly string[]): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !file.includes('struk')) files.set(file, readFileSync(file));
    }
  }
  return files;
}

/** A secret as it could stand in a file: in one spelling or another, in UTF-8 or as SQLite's UTF-16. */
export function traces(secret: string): readonly Buffer[] {
  const spellings = new Set([secret, secret.toUpperCase(), secret.toLowerCase(), secret.replaceAll(/[\s-]/g, '')]);
  return [...spellings].flatMap((text) => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(text.replaceAll(' ', '_').replaceAll('Ø', '~')),
  ]);
}

/** Fails when a secret stands in clear in one of the files, or in the name of one. */
export function expectNowhere(files: ReadonlyMap<string, Buffer>, secrets: Iterable<string>, when: string): void {
  const wanted = [...secrets].map((secret) => ({ secret, traces: traces(secret) }));
  for (const [file, bytes] of files) {
    for (const { secret, traces: spellings } of wanted) {
      const found = spellings.some((trace) => bytes.includes(trace) || Buffer.from(file).includes(trace));
      expect(found, `${secret} in ${file} (${when})`).toBe(false);
    }
  }
}
