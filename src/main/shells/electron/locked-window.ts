import type { BrowserWindow, Input } from 'electron';

type Press = Pick<Input, 'key' | 'control' | 'alt' | 'shift' | 'meta'>;

/** Keys of the window and of a browser, none of which the counter has as its own (`ui/keyboard/key-map.ts`). */
const WITH_CTRL = ['w', 'n', 't', 'q', 'r', 'tab', 'f4', 'escape', 'pageup', 'pagedown'];
const WITH_ALT = ['f4', 'home', 'arrowleft', 'arrowright', ' ', 'escape', 'tab', 'enter'];
/** Writing goes on: undo, redo, and marking text word by word. */
const HARMLESS_WITH_CTRL_SHIFT = ['z', 'v', 'home', 'end', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown'];
const MODIFIERS = ['control', 'shift', 'alt', 'altgraph', 'meta'];
/** Keys with pictures on them: back, home, search, mail, calculator, a browser, power. */
const LAUNCHES = /^(browser|launch|go(back|home)|mail|open|new|print|save|close|help|power|sleep|eject|contextmenu)/u;

/**
 * Whether a key press would leave, close or open something instead of working at the counter. The window has no menu,
 * so Electron gives most of them no meaning; this keeps it so. What the operating system takes first (Ctrl+Alt+Del,
 * Alt+Tab, the Windows key) never comes here: `docs/operations.md` has its part.
 */
export function leavesWindow({ key, control, alt, shift, meta }: Press): boolean {
  const name = key.toLowerCase();
  if (MODIFIERS.includes(name)) return false;
  if (meta || LAUNCHES.test(name)) return true;
  if (name === 'f11') return true;
  // AltGr writes signs on some keyboards and arrives as Ctrl and Alt together; no sign is written by a named key.
  if (control && alt) return name.length > 1;
  if (alt) return WITH_ALT.includes(name);
  if (control && shift) return !HARMLESS_WITH_CTRL_SHIFT.includes(name);
  return control && WITH_CTRL.includes(name);
}

/**
 * The locked mode: the window fills the screen and stays, whatever the officer does; it goes when the program itself
 * ends (`isEnding`), at the wish of the operating system or of an update.
 */
export function lockWindow(window: BrowserWindow, isEnding: () => boolean): void {
  window.on('close', (event) => {
    if (!isEnding()) event.preventDefault();
  });
  window.on('minimize', () => window.restore());
  window.on('hide', () => {
    if (!isEnding()) window.show();
  });
  window.on('leave-full-screen', () => {
    if (!isEnding()) window.setKiosk(true);
  });
  window.webContents.on('before-input-event', (event, input) => {
    if (leavesWindow(input)) event.preventDefault();
  });
  window.webContents.on('context-menu', (event) => event.preventDefault());
}
