/** A key as the browser names it, with or without Ctrl. */
export type KeyChord = Readonly<{ key: string; ctrl: boolean }>;

/** The keys of one action: the F-key, and a Ctrl twin for laptops that use F-keys for themselves. */
export type ActionKeys = Readonly<{ fKey: KeyChord | null; twin: KeyChord | null }>;

export const plainKey = (key: string): KeyChord => ({ key, ctrl: false });
export const ctrlKey = (key: string): KeyChord => ({ key, ctrl: true });

/** The ten keys that an officer needs all day: the screens obey them, and the desk card (*kartu meja*) prints them. */
export const DESK_KEYS = {
  plate: { fKey: plainKey('F2'), twin: ctrlKey('e') },
  documents: { fKey: plainKey('F4'), twin: ctrlKey('b') },
  why: { fKey: plainKey('F6'), twin: ctrlKey('m') },
  exact: { fKey: plainKey('F8'), twin: ctrlKey('p') },
  primary: { fKey: plainKey('F12'), twin: ctrlKey('Enter') },
  recent: { fKey: plainKey('F7'), twin: ctrlKey('u') },
  reprint: { fKey: plainKey('F9'), twin: ctrlKey('d') },
  palette: { fKey: null, twin: ctrlKey('k') },
  lock: { fKey: null, twin: ctrlKey('l') },
  help: { fKey: plainKey('F1'), twin: ctrlKey('/') },
} as const satisfies Readonly<Record<string, ActionKeys>>;
export type DeskKey = keyof typeof DESK_KEYS;

const NAMES: Readonly<Record<string, string>> = { Escape: 'Esc' };

/** `F12` or `Ctrl+Enter`: a chord as a key cap shows it. */
export function chordText(chord: KeyChord): string {
  const name = NAMES[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  return chord.ctrl ? `Ctrl+${name}` : name;
}
