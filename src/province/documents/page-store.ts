import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Ciphertexts of pages, each in a file of its own name; and the folder in which uploads grow. */
export type PageStore = {
  /** Folder of uploads that are not whole yet. */
  readonly fragments: string;
  /** Free bytes of the disk. */
  readonly freeBytes: () => Promise<number>;
  /** Keeps a ciphertext whole or not at all; the same page again changes nothing. */
  readonly keep: (documentId: string, bytes: Uint8Array) => Promise<void>;
  /** Undefined when there is no such file. */
  readonly read: (documentId: string) => Promise<Uint8Array | undefined>;
  readonly remove: (documentId: string) => Promise<void>;
  /** Removes uploads in which nothing came since that moment (ms UTC of the disk's own clock); answers how many. */
  readonly sweepFragments: (before: number) => Promise<number>;
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the file holds; undefined when it is not there. */
async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Removes what nobody has written to since; another node may have been faster. */
async function sweep(folder: string, before: number): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  let removed = 0;
  for (const name of names.filter((one) => !one.endsWith('.json'))) {
    const found = await stat(join(folder, name)).catch(() => undefined); // swept by another node, or finished
    if (found === undefined || found.mtimeMs >= before) continue;
    await rm(join(folder, name), { force: true });
    await rm(join(folder, `${name}.json`), { force: true });
    removed += 1;
  }
  return removed;
}

/** The store in a folder of the province, which is made when the first page comes; nodes that work together share it. */
export function createPageStore(folder: string): PageStore {
  const pathOf = (documentId: string): string => join(folder, documentId.slice(0, 2), documentId);
  return {
    fragments: join(folder, 'uploads'),
    freeBytes: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    keep: async (documentId, bytes) => {
      const file = pathOf(documentId);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const draft = `${file}.${randomBytes(6).toString('hex')}.part`;
      try {
        const handle = await open(draft, 'wx', 0o600);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(file));
      await syncFolder(folder);
    },
    read: (documentId) => readIfThere(pathOf(documentId)),
    remove: (documentId) => rm(pathOf(documentId), { force: true }),
    sweepFragments: (before) => sweep(join(folder, 'uploads'), before),
  };
}
