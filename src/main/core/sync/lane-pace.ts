/** Largest and smallest piece of a page, in bytes: a cut loses at most what is under way of one piece. */
const LARGEST_PIECE = 64 * 1024;
const SMALLEST_PIECE = 8 * 1024;
/** A piece should be over so soon that a sale which comes meanwhile does not notice it. */
const PIECE_MS = 2_000;
const SPEED_WINDOW_MS = 60_000;

/** How fast pages go: the size of a piece follows the line, the cap holds over the whole, the speed is shown. */
export type LanePace = {
  readonly pieceBytes: (cap: number | null) => number;
  /** ms to wait before so many bytes may leave; they count as left from then on. */
  readonly waitFor: (bytes: number, cap: number | null) => number;
  readonly notePiece: (bytes: number, tookMs: number) => void;
  /** Bytes per second of the last minute; null while nothing moves. */
  readonly speed: () => number | null;
};

/** A pace by a clock that never goes back (ms). */
export function createLanePace(monoMs: () => number): LanePace {
  const state: { bytesPerMs: number | null; freeAt: number; pieces: { at: number; bytes: number; tookMs: number }[] } =
    {
      bytesPerMs: null,
      freeAt: 0,
      pieces: [],
    };
  return {
    pieceBytes: (cap) => {
      const byLine = state.bytesPerMs === null ? LARGEST_PIECE : state.bytesPerMs * PIECE_MS;
      const byCap = cap === null ? LARGEST_PIECE : (cap * PIECE_MS) / 1000;
      return Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, Math.floor(byLine), Math.floor(byCap)));
    },
    waitFor: (bytes, cap) => {
      if (cap === null) return 0;
      const now = monoMs();
      const from = Math.max(now, state.freeAt);
      state.freeAt = from + (bytes / cap) * 1000;
      return from - now;
    },
    notePiece: (bytes, tookMs) => {
      const now = monoMs();
      const measured = bytes / Math.max(1, tookMs);
      // A line changes: the last piece counts as much as everything before it.
      state.bytesPerMs = state.bytesPerMs === null ? measured : (state.bytesPerMs + measured) / 2;
      state.pieces = [...state.pieces.filter(({ at }) => at > now - SPEED_WINDOW_MS), { at: now, bytes, tookMs }];
    },
    speed: () => {
      const now = monoMs();
      const recent = state.pieces.filter(({ at }) => at > now - SPEED_WINDOW_MS);
      const [first, last] = [recent[0], recent.at(-1)];
      if (first === undefined || last === undefined) return null;
      const bytes = recent.reduce((sum, piece) => sum + piece.bytes, 0);
      const span = Math.max(1, last.at - first.at + first.tookMs);
      return Math.max(1, Math.round((bytes / span) * 1000));
    },
  };
}
