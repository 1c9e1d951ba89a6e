import { describe, expect, it } from 'vitest';
import { leadsOut } from '../../../src/renderer/app/keep-inside.ts';
import { KEY_ACTIONS, KEY_MAP } from '../../../src/renderer/ui/keyboard/key-map.ts';

/** `Ctrl+Shift+z` as a browser names it. */
const press = (chord: string): Parameters<typeof leadsOut>[0] => {
  const parts = chord.split('+');
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  const modifiers = { ctrlKey: has('Ctrl'), altKey: has('Alt'), shiftKey: has('Shift'), metaKey: has('Meta') };
  return { key: parts.at(-1) ?? '', ...modifiers };
};
const leading = (chords: readonly string[]): readonly string[] => chords.filter((chord) => leadsOut(press(chord)));

describe('a key at the page', () => {
  it('of writing, of editing and of the keyboard layouts is left alone', () => {
    const writing = [
      ...['a', 'A', '7', '@', ' ', 'Enter', 'Tab', 'Backspace', 'Delete', 'ArrowLeft', 'Home', 'PageDown', 'Escape'],
      ...['Shift+Tab', 'Shift+ArrowLeft', 'Ctrl+a', 'Ctrl+c', 'Ctrl+v', 'Ctrl+x', 'Ctrl+z', 'Ctrl+Shift+z'],
      ...['Ctrl+Backspace', 'Ctrl+ArrowRight', 'Ctrl+Shift+ArrowRight', 'Ctrl+Home', 'Ctrl+Alt+@', 'F5', 'Ctrl+r'],
      ...['Control', 'Shift', 'Alt', 'Dead', 'Process', 'Unidentified', 'AudioVolumeUp'],
    ];
    expect(leading(writing)).toEqual([]);
  });

  it('of the counter is taken from the browser, which has another meaning for most of them', () => {
    const ours = KEY_ACTIONS.flatMap((action) => [KEY_MAP[action].fKey, KEY_MAP[action].twin])
      .filter((chord) => chord !== null && chord.key !== 'Escape')
      .map((chord) => (chord?.ctrl === true ? `Ctrl+${chord.key}` : (chord?.key ?? '')));
    expect(ours.length).toBeGreaterThan(30);
    expect(leading(ours)).toEqual(ours);
  });

  it('that opens something of the browser or leads away is taken', () => {
    const away = ['Ctrl+n', 'Ctrl+t', 'Ctrl+w', 'Ctrl+p', 'Ctrl+s', 'Ctrl+o', 'Ctrl+u', 'Ctrl+Shift+i', 'Ctrl+Shift+j'];
    const more = ['F12', 'Alt+Home', 'Alt+ArrowLeft', 'Shift+Escape', 'Meta+n', 'BrowserBack', 'LaunchMail', 'Alt+d'];
    expect(leading([...away, ...more])).toEqual([...away, ...more]);
  });
});
