import { mkdir, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fsyncFolderOf, writeDurably } from '../db/durable-file.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { LogPort } from '../ports.ts';

/** Folder of the pages inside the data folder. */
const PAGES_FOLDER = 'pages';
const SUFFIX = '.page';
const UNFINISHED = '.unfinished';

/** The bytes of sealed pages: one file each, named by its content. */
export type PageFiles = {
  /** On the disk whole when this resolves, or not there at all. Throws what the file system answers. */
  readonly write: (documentId: string, bytes: Uint8Array) => Promise<void>;
  /** Undefined when there is no such file. */
  readonly read: (documentId: string) => Promise<Buffer | undefined>;
  readonly has: (documentId: string) => Promise<boolean>;
  /** What somebody reads or the disk will not let go stays, is said in the log, and is swept at the next start. */
  readonly remove: (documentId: string) => Promise<void>;
  /** Identities of every file that lies here, and the files of writes that were cut off. */
  readonly list: () => Promise<{ readonly pages: readonly string[]; readonly unfinished: readonly string[] }>;
  readonly removeUnfinished: (file: string) => Promise<void>;
  /** Bytes that the disk still takes; null where the system does not say. */
  readonly freeBytes: () => Promise<number | null>;
};

/** Answers undefined where there is nothing; every other failure flies on. */
async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (fileFault(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The pages below a data folder: `pages/<first two letters>/<identity>.page`. */
export function createPageFiles(dataDir: string, log: LogPort): PageFiles {
  const root = join(dataDir, PAGES_FOLDER);
  const fileOf = (documentId: string): string => join(root, documentId.slice(0, 2), `${documentId}${SUFFIX}`);

  /** A name that survives a power cut in a folder whose own name does. */
  const makeFolder = async (folder: string): Promise<void> => {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    fsyncFolderOf(folder);
    fsyncFolderOf(root);
  };

  const letGo = async (file: string): Promise<void> => {
    try {
      await rm(file, { force: true });
    } catch (error) {
      log.write('warn', 'pages.not-removed', { reason: fileFault(error) });
    }
  };

  return {
    write: async (documentId, bytes) => {
      const file = fileOf(documentId);
      try {
        await makeFolder(dirname(file));
        await writeDurably(file, bytes);
      } catch (error) {
        // A full disk leaves nothing half behind.
        await letGo(`${file}${UNFINISHED}`);
        throw error;
      }
    },
    read: (documentId) => orMissing(readFile(fileOf(documentId))),
    has: async (documentId) => (await orMissing(stat(fileOf(documentId)))) !== undefined,
    remove: (documentId) => letGo(fileOf(documentId)),
    list: async () => {
      const names = (await orMissing(readdir(root, { recursive: true, withFileTypes: true }))) ?? [];
      const files = names.filter((entry) => entry.isFile());
      return {
        pages: files.filter(({ name }) => name.endsWith(SUFFIX)).map(({ name }) => name.slice(0, -SUFFIX.length)),
        unfinished: files
          .filter(({ name }) => name.endsWith(UNFINISHED))
          .map(({ parentPath, name }) => join(parentPath, name)),
      };
    },
    removeUnfinished: letGo,
    freeBytes: async () => {
      const stats = await orMissing(statfs(dataDir));
      return stats === undefined ? null : stats.bavail * stats.bsize;
    },
  };
}
