import { KEY_ACTIONS, KEY_MAP } from '../ui/keyboard/key-map.ts';

/** What a key press must offer to be judged here. */
type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** Editing, zoom and reload stay with the browser: none of them leads out of the page. */
const HARMLESS_WITH_CTRL = [...'acvxzr0+-=', 'Insert', 'Delete', 'Backspace', 'Home', 'End', 'Control', 'Shift', 'Alt'];
const HARMLESS_WITH_CTRL_SHIFT = ['z', 'v', '+', '_', 'Home', 'End', 'Backspace', 'Control', 'Shift', 'Alt'];
/** F5 reloads, F11 fills the screen in an ordinary window (a kiosk ignores it). */
const BROWSERS_OWN = ['F5', 'F11'];
const WITH_ALT = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', ' ', 'Enter', 'Tab', 'Backspace'];

const isArrow = (key: string): boolean => key.startsWith('Arrow');
const isLetter = (key: string): boolean => /^[a-z]$/iu.test(key);
const isFunctionKey = (key: string): boolean => /^F\d{1,2}$/u.test(key);
/** Keys of keyboards with pictures on them: back, home, search, mail, calculator, a browser. */
const isLaunchKey = (key: string): boolean =>
  /^(Browser|Launch|Go(Back|Home)|Mail|Open|New|Print|Save|Close|Help)/u.test(key);

const OUR_KEYS = KEY_ACTIONS.flatMap((action) => [KEY_MAP[action].fKey, KEY_MAP[action].twin]);
const isOurs = ({ key, ctrlKey, altKey, shiftKey }: Press): boolean =>
  !altKey &&
  !shiftKey &&
  OUR_KEYS.some((chord) => chord?.ctrl === ctrlKey && chord.key.toLowerCase() === key.toLowerCase());

/**
 * Whether a key press would open something of the browser (a tab, a window, the developer's tools, its files, pages,
 * downloads, printing) or lead away from the page. A browser window of our own (`--app`) gives the page every key
 * first; an ordinary tab keeps Ctrl+N, Ctrl+T and Ctrl+W.
 */
export function leadsOut(press: Press): boolean {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = press;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (isLaunchKey(key)) return true;
  if (key === 'Escape') return shiftKey || ctrlKey;
  if (isFunctionKey(key)) return ctrlKey || altKey || shiftKey || !BROWSERS_OWN.includes(key);
  if (isOurs(press)) return true;
  // AltGr writes signs on some keyboards and arrives as Ctrl and Alt together.
  if (ctrlKey && altKey) return false;
  if (ctrlKey || metaKey) {
    const harmless = shiftKey ? HARMLESS_WITH_CTRL_SHIFT : HARMLESS_WITH_CTRL;
    return !harmless.includes(name) && !isArrow(key);
  }
  return altKey && (WITH_ALT.includes(key) || isLetter(key));
}

/** A way out that a page can close: nothing is dropped into the page, no menu of the browser opens, no other page loads. */
export function keepInside(page: Window): void {
  page.addEventListener('keydown', (event) => {
    if (leadsOut(event)) event.preventDefault();
  });
  page.addEventListener('contextmenu', (event) => event.preventDefault());
  // What a screen takes by dropping it has said so already, and is left alone.
  const refuseDrop = (event: DragEvent): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  };
  page.addEventListener('dragover', refuseDrop);
  page.addEventListener('drop', refuseDrop);
  // The middle button opens a link elsewhere, the side buttons go through the history.
  for (const name of ['auxclick', 'mouseup', 'mousedown'] as const) {
    page.addEventListener(name, (event) => {
      if (event.button !== 0 && event.button !== 2) event.preventDefault();
    });
  }
  page.navigation.addEventListener('navigate', (event) => {
    if (new URL(event.destination.url).origin !== page.location.origin && event.cancelable) event.preventDefault();
  });
}
