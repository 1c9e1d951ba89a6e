import {
  type ActionKeys,
  chordText,
  ctrlKey as ctrl,
  DESK_KEYS,
  type KeyChord,
  plainKey as plain,
} from '../../../contract/desk-keys.ts';
import { KEY_ACTION_TEXT, type KeyAction } from '../../text/keys-text.ts';

const screenKey = (digit: number): ActionKeys => ({ fKey: null, twin: ctrl(String(digit)) });

/**
 * One table for the whole program: a key does the same thing on every screen. F5 (reload) and F11 (full screen) stay
 * with the browser; Ctrl+N, Ctrl+T and Ctrl+W are its own and cannot be taken.
 */
export const KEY_MAP: Readonly<Record<KeyAction, ActionKeys>> = {
  ...DESK_KEYS,
  search: { fKey: plain('F3'), twin: ctrl('f') },
  cameOut: { fKey: null, twin: ctrl('o') },
  quote: { fKey: plain('F10'), twin: ctrl('g') },
  change: { fKey: null, twin: ctrl('j') },
  pause: { fKey: null, twin: ctrl('i') },
  handOver: { fKey: null, twin: ctrl('h') },
  inspect: { fKey: null, twin: ctrl(',') },
  basket: { fKey: plain('Insert'), twin: ctrl('.') },
  otherMeans: { fKey: null, twin: ctrl('s') },
  acknowledge: { fKey: null, twin: ctrl('y') },
  reload: { fKey: null, twin: ctrl(']') },
  recap: { fKey: null, twin: ctrl('0') },
  decisions: { fKey: null, twin: ctrl(';') },
  insight: { fKey: null, twin: ctrl('\\') },
  people: { fKey: null, twin: ctrl("'") },
  ownPin: { fKey: null, twin: ctrl('[') },
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
