import type { PageSource } from '../db/schema-documents.ts';

/** A file that is being taken in: in memory only, and gone with the power. */
export type Intake = {
  readonly intakeId: string;
  readonly stream: string;
  readonly source: Exclude<PageSource, 'pdf'>;
  /** The whole file when `received` has reached its length. */
  readonly file: Uint8Array;
  readonly received: number;
  /** Called when every page of the file is kept. */
  readonly done: (() => Promise<void>) | null;
};

/** Files that one officer has open at the same time; the oldest makes room. */
const MOST_INTAKES = 6;
/** Bytes of all of them. */
const MOST_BYTES = 120 * 1024 * 1024;
/** A file that nobody asked about for so long is let go, in ms. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

/** Holds files between their arrival and their keeping. Nothing of them is on the disk before a page is sealed. */
export type IntakeTray = {
  readonly put: (intake: Intake) => void;
  /** Undefined when it was dropped or forgotten. */
  readonly find: (intakeId: string) => Intake | undefined;
  /** Takes the next piece in; a piece that is there already, or not next, changes nothing. Answers what was received. */
  readonly addPart: (intakeId: string, offset: number, part: Uint8Array) => number | 'unknown' | 'too-large';
  /** Notes pages as kept; true when that was the last page of `of`. */
  readonly noteKept: (intakeId: string, pageNos: readonly number[], of: number) => boolean;
  /** How many pages the file has, as the worker said; null before the first look. */
  readonly noteLength: (intakeId: string, pages: number) => void;
  readonly lengthOf: (intakeId: string) => number | null;
  readonly drop: (intakeId: string) => void;
};

type Held = { intake: Intake; touchedAt: number; readonly kept: Set<number>; pages: number | null };

export function createIntakeTray(now: () => number): IntakeTray {
  const held = new Map<string, Held>();

  const sizeOf = (): number => [...held.values()].reduce((sum, { intake }) => sum + intake.file.length, 0);
  const forget = (): void => {
    for (const [intakeId, { touchedAt }] of held) {
      if (now() - touchedAt > FORGOTTEN_AFTER_MS) held.delete(intakeId);
    }
  };
  const touched = (intakeId: string): Held | undefined => {
    forget();
    const found = held.get(intakeId);
    if (found !== undefined) found.touchedAt = now();
    return found;
  };

  return {
    put: (intake) => {
      forget();
      for (const intakeId of held.keys()) {
        const fits = held.size < MOST_INTAKES && sizeOf() + intake.file.length <= MOST_BYTES;
        if (!fits) held.delete(intakeId);
      }
      held.set(intake.intakeId, { intake, touchedAt: now(), kept: new Set(), pages: null });
    },
    find: (intakeId) => touched(intakeId)?.intake,
    addPart: (intakeId, offset, part) => {
      const found = touched(intakeId);
      if (found === undefined) return 'unknown';
      const { file, received } = found.intake;
      if (offset !== received) return received;
      if (offset + part.length > file.length) return 'too-large';
      file.set(part, offset);
      found.intake = { ...found.intake, received: offset + part.length };
      return found.intake.received;
    },
    noteKept: (intakeId, pageNos, of) => {
      const found = held.get(intakeId);
      if (found === undefined) return false;
      for (const pageNo of pageNos) found.kept.add(pageNo);
      return found.kept.size >= of;
    },
    noteLength: (intakeId, pages) => {
      const found = held.get(intakeId);
      if (found !== undefined) found.pages = pages;
    },
    lengthOf: (intakeId) => held.get(intakeId)?.pages ?? null,
    drop: (intakeId) => void held.delete(intakeId),
  };
}
