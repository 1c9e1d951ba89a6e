import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';

/** The partial cut at the end of a paper (GS V 66 0): the last bytes that a printer gets. */
const CUT = Buffer.from([0x1d, 0x56, 66, 0]);
const LOOK_EVERY_MS = 1;

/** An ESC/POS printer behind a file: tells when the next paper is there to its last byte. */
export type PaperWatch = {
  /** Resolves with the number of bytes once the file has grown by a paper that ends with its cut. */
  readonly nextPaper: () => Promise<number>;
  readonly close: () => void;
};

/** Makes the file and watches it; it must have no other reader. */
export function watchPaper(file: string): PaperWatch {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r');
  let seen = 0;
  const endsWithCut = (size: number): boolean => {
    const tail = Buffer.alloc(CUT.length);
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return tail.equals(CUT);
  };
  return {
    nextPaper: async () => {
      for (;;) {
        const { size } = fstatSync(descriptor);
        if (size > seen + CUT.length && endsWithCut(size)) {
          const bytes = size - seen;
          seen = size;
          return bytes;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    close: () => closeSync(descriptor),
  };
}
