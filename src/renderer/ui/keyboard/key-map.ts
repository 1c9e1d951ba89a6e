import { KEY_ACTION_TEXT, type KeyAction } from '../../text/keys-text.ts';

/** A key as the browser names it, with or without Ctrl. */
export type KeyChord = Readonly<{ key: string; ctrl: boolean }>;

/** The keys of one action: the F-key, and a Ctrl twin for laptops that use F-keys for themselves. */
export type ActionKeys = Readonly<{ fKey: KeyChord | null; twin: KeyChord | null }>;

const plain = (key: string): KeyChord => ({ key, ctrl: false });
const ctrl = (key: string): KeyChord => ({ key, ctrl: true });
const screenKey = (digit: number): ActionKeys => ({ fKey: null, twin: ctrl(String(digit)) });

/**
 * One table for the whole program: a key does the same thing on every screen. F5 (reload) and F11 (full screen) stay
 * with the browser; Ctrl+N, Ctrl+T and Ctrl+W are its own and cannot be taken.
 */
export const KEY_MAP: Readonly<Record<KeyAction, ActionKeys>> = {
  help: { fKey: plain('F1'), twin: ctrl('/') },
  plate: { fKey: plain('F2'), twin: ctrl('e') },
  search: { fKey: plain('F3'), twin: ctrl('f') },
  documents: { fKey: plain('F4'), twin: ctrl('b') },
  why: { fKey: plain('F6'), twin: ctrl('m') },
  recent: { fKey: plain('F7'), twin: ctrl('u') },
  exact: { fKey: plain('F8'), twin: ctrl('p') },
  reprint: { fKey: plain('F9'), twin: ctrl('d') },
  cameOut: { fKey: null, twin: ctrl('o') },
  quote: { fKey: plain('F10'), twin: ctrl('g') },
  change: { fKey: null, twin: ctrl('j') },
  pause: { fKey: null, twin: ctrl('i') },
  handOver: { fKey: null, twin: ctrl('h') },
  inspect: { fKey: null, twin: ctrl(',') },
  basket: { fKey: plain('Insert'), twin: ctrl('.') },
  otherMeans: { fKey: null, twin: ctrl('s') },
  primary: { fKey: plain('F12'), twin: ctrl('Enter') },
  palette: { fKey: null, twin: ctrl('k') },
  acknowledge: { fKey: null, twin: ctrl('y') },
  reload: { fKey: null, twin: ctrl(']') },
  recap: { fKey: null, twin: ctrl('0') },
  decisions: { fKey: null, twin: ctrl(';') },
  lock: { fKey: null, twin: ctrl('l') },
  back: { fKey: plain('Escape'), twin: null },
  'screen-1': screenKey(1),
  'screen-2': screenKey(2),
  'screen-3': screenKey(3),
  'screen-4': screenKey(4),
  'screen-5': screenKey(5),
  'screen-6': screenKey(6),
  'screen-7': screenKey(7),
  'screen-8': screenKey(8),
  'screen-9': screenKey(9),
};

/** All actions in the order of the table. */
export const KEY_ACTIONS = Object.keys(KEY_ACTION_TEXT).filter((name): name is KeyAction =>
  Object.hasOwn(KEY_MAP, name),
);

/** What a keyboard event must offer to be judged. */
export type KeyPress = Readonly<{
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}>;

function matches(chord: KeyChord | null, press: KeyPress): boolean {
  if (chord === null || press.altKey || press.shiftKey || press.metaKey) return false;
  return chord.ctrl === press.ctrlKey && chord.key.toLowerCase() === press.key.toLowerCase();
}

/** The action that a key press means, or undefined when it is only typing. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  return KEY_ACTIONS.find((action) => matches(KEY_MAP[action].fKey, press) || matches(KEY_MAP[action].twin, press));
}

const NAMES: Readonly<Record<string, string>> = { Escape: 'Esc' };

/** `F12` or `Ctrl+Enter`: a chord as a key cap shows it. */
export function chordText(chord: KeyChord): string {
  const name = NAMES[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  return chord.ctrl ? `Ctrl+${name}` : name;
}

/** The key that stands on a button: the F-key where there is one, else the twin. */
export function capText(action: KeyAction): string {
  const { fKey, twin } = KEY_MAP[action];
  const chord = fKey ?? twin;
  return chord === null ? '' : chordText(chord);
}

/** In the form of `aria-keyshortcuts`: every way to press it. */
export function ariaKeys(action: KeyAction): string {
  const { fKey, twin } = KEY_MAP[action];
  return [fKey, twin]
    .filter((chord) => chord !== null)
    .map((chord) => (chord.ctrl ? `Control+${chord.key}` : chord.key))
    .join(' ');
}
