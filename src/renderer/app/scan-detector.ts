/** A burst of key strokes so far: what was typed, since when, and the stroke before this one. */
export type Burst = Readonly<{ text: string; startedAtMs: number; lastAtMs: number }>;

/** No burst. */
export const NO_BURST: Burst = { text: '', startedAtMs: 0, lastAtMs: 0 };

/** Scanners send a character every 1 to 20 ms; the fastest typists need 60 and more. */
const LONGEST_GAP_MS = 35;
/** Two keys rolled together may be that quick, five in a row are not. */
const SHORTEST_SCAN = 5;
const LONGEST_SCAN = 1000;

/** What one key stroke did to the burst. */
export type Stroke =
  | Readonly<{ kind: 'started' | 'grew' | 'ignored'; burst: Burst }>
  | Readonly<{ kind: 'scanned'; burst: Burst; text: string }>;

/** Whether a key is one character of text; Shift and other keys alone are not part of a burst. */
function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

/**
 * Tells a keyboard-wedge scanner from a person by timing alone: at least five characters, none more than 35 ms after the
 * one before, ended by Enter as quickly. `atMs` is any steady clock.
 */
export function strokeOf(burst: Burst, key: string, atMs: number): Stroke {
  const quick = burst.text !== '' && atMs - burst.lastAtMs <= LONGEST_GAP_MS;
  if (key === 'Enter') {
    return quick && burst.text.length >= SHORTEST_SCAN
      ? { kind: 'scanned', burst: NO_BURST, text: burst.text }
      : { kind: 'ignored', burst: NO_BURST };
  }
  if (!isCharacter(key)) return { kind: 'ignored', burst };
  if (quick && burst.text.length < LONGEST_SCAN) {
    return { kind: 'grew', burst: { ...burst, text: burst.text + key, lastAtMs: atMs } };
  }
  return { kind: 'started', burst: { text: key, startedAtMs: atMs, lastAtMs: atMs } };
}
