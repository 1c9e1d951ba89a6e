import { createPageStore, type PageStore } from './page-store.ts';
import { createPictures, type Pictures } from './pictures.ts';

/** Where pages of papers lie, and what looks at them. */
export type PageRoom = { readonly store: PageStore; readonly pictures: Pictures };

/** A room over a folder; nothing is made and nothing is started before the first page comes. */
export function createPageRoom(folder: string): PageRoom {
  return { store: createPageStore(folder), pictures: createPictures() };
}
