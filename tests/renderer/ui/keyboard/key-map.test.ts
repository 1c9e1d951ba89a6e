import { describe, expect, it } from 'vitest';
import { chordText, DESK_KEYS } from '../../../../src/contract/desk-keys.ts';
import { actionOf, capText, KEY_ACTIONS, KEY_MAP } from '../../../../src/renderer/ui/keyboard/key-map.ts';
import { KEY_ACTION_TEXT } from '../../../../src/renderer/text/keys-text.ts';

const press = (key: string, ctrlKey: boolean) => ({ key, ctrlKey, altKey: false, shiftKey: false, metaKey: false });
const chords = KEY_ACTIONS.flatMap((action) =>
  [KEY_MAP[action].fKey, KEY_MAP[action].twin].flatMap((chord) => (chord === null ? [] : [{ action, chord }])),
);

describe('the keys', () => {
  it('give every F-key a Ctrl twin, because some laptops use F-keys for themselves', () => {
    const withFKey = KEY_ACTIONS.filter((action) => /^F\d+$/.test(KEY_MAP[action].fKey?.key ?? ''));
    expect(withFKey.length).toBeGreaterThan(8);
    expect(withFKey.filter((action) => KEY_MAP[action].twin?.ctrl !== true)).toEqual([]);
  });

  it('never mean two things', () => {
    const names = chords.map(({ chord }) => chordText(chord));
    expect(new Set(names).size).toBe(names.length);
  });

  it('reach every action by each of its ways', () => {
    for (const { action, chord } of chords) expect(actionOf(press(chord.key, chord.ctrl))).toBe(action);
    for (const { action, chord } of chords) expect(actionOf(press(chord.key.toUpperCase(), chord.ctrl))).toBe(action);
  });

  it('leave to the browser what cannot or must not be taken: N, T, W, reload and full screen', () => {
    const names = chords.map(({ chord }) => chordText(chord));
    for (const reserved of ['Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+R', 'F5', 'F11']) expect(names).not.toContain(reserved);
  });

  it('leave copy, paste, cut, undo and select-all alone', () => {
    for (const key of ['c', 'v', 'x', 'z', 'a']) expect(actionOf(press(key, true))).toBeUndefined();
  });

  it('are not pressed together with Alt, Shift or the Windows key: Alt+F4 closes a window and ticks no paper', () => {
    for (const held of ['altKey', 'shiftKey', 'metaKey'] as const) {
      for (const { chord } of chords)
        expect(actionOf({ ...press(chord.key, chord.ctrl), [held]: true })).toBeUndefined();
    }
  });

  it('are not pressed by typing', () => {
    for (const key of ['a', '1', '/', 'Enter', ' ']) expect(actionOf(press(key, false))).toBeUndefined();
  });

  it('stand on their buttons: pay is F12 and Ctrl+Enter', () => {
    expect(capText('primary')).toBe('F12');
    expect(actionOf(press('Enter', true))).toBe('primary');
    expect(capText('palette')).toBe('Ctrl+K');
  });

  it('on the printed desk card do what the card says', () => {
    const ways = Object.entries(DESK_KEYS).flatMap(([action, { fKey, twin }]) =>
      [fKey, twin].flatMap((chord) => (chord === null ? [] : [{ action, chord }])),
    );
    for (const { action, chord } of ways) expect(actionOf(press(chord.key, chord.ctrl)), chord.key).toBe(action);
  });

  it('have words for every action', () => {
    expect(KEY_ACTIONS).toEqual(Object.keys(KEY_ACTION_TEXT));
  });
});
