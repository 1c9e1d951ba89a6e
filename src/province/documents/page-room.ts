import { createPageStore, type PageStore } from './page-store.ts';
import { createPictures, type Pictures } from './pictures.ts';

/** Where pages of papers lie, and what looks at them. */
export type PageRoom = {
  readonly store: PageStore;
  readonly pictures: Pictures;
  /** Mounted by every node; ready updates of the counter's program lie in it too. */
  readonly folder: string;
};

/** A room over a folder; nothing is made and nothing is started before the first page comes. */
export function createPageRoom(folder: string): PageRoom {
  return { store: createPageStore(folder), pictures: createPictures(), folder };
}
