import { resolve } from 'node:path';

/** Where the province keeps its things. */
export type ProvincePlace = {
  /** Data folder: the database (when it is ours), the remembered port. */
  readonly dataFolder: string;
  /** Secrets of the province. */
  readonly keysFolder: string;
  /** Ciphertexts of pages; nodes on one database share it. */
  readonly documentsFolder: string;
  /** A PostgreSQL server by URL; undefined means the one that comes through npm. */
  readonly databaseUrl: string | undefined;
};

const DEFAULT_DATA = 'data/province';

/** The place that the options name; without any, `data/province` under the working folder. */
export function placeOf(options: {
  readonly data: string | undefined;
  readonly keys: string | undefined;
  readonly documents: string | undefined;
  readonly databaseUrl: string | undefined;
}): ProvincePlace {
  const dataFolder = resolve(options.data ?? DEFAULT_DATA);
  return {
    dataFolder,
    keysFolder: options.keys === undefined ? resolve(dataFolder, 'keys') : resolve(options.keys),
    documentsFolder: options.documents === undefined ? resolve(dataFolder, 'documents') : resolve(options.documents),
    databaseUrl: options.databaseUrl,
  };
}
