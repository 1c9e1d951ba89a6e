/** Sizes of the text in percent: 100 to 150. */
export const TEXT_SIZES = [100, 112, 125, 137, 150] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const TEXT_SIZE_KEY = 'loket-text-size';
const CAMERA_KEY = 'loket-camera';
const BASE_PX = 16;

function isTextSize(value: number): value is TextSize {
  return TEXT_SIZES.some((size) => size === value);
}

/** The size that was chosen on this screen; 100 when none was. A matter of this panel and these eyes, not of the counter. */
export function readTextSize(page: Window): TextSize {
  const stored = Number(page.localStorage.getItem(TEXT_SIZE_KEY));
  return isTextSize(stored) ? stored : 100;
}

/** Draws every length of the page at this size; all of them are written in rem. */
export function applyTextSize(page: Window, size: TextSize): void {
  page.document.documentElement.style.fontSize = `${(BASE_PX * size) / 100}px`;
}

/** Draws and keeps the size. */
export function chooseTextSize(page: Window, size: TextSize): void {
  page.localStorage.setItem(TEXT_SIZE_KEY, String(size));
  applyTextSize(page, size);
}

/** The name of the camera that was chosen on this computer; empty when none was. */
export function readCamera(page: Window): string {
  return page.localStorage.getItem(CAMERA_KEY) ?? '';
}

/** Keeps the choice of a camera. */
export function chooseCamera(page: Window, label: string): void {
  page.localStorage.setItem(CAMERA_KEY, label);
}

const FRAME_KEY = 'loket-camera-frame';

/** The guide that was used last: most papers of a counter are of one kind. */
export function readFrame(page: Window): 'card' | 'sheet' {
  return page.localStorage.getItem(FRAME_KEY) === 'sheet' ? 'sheet' : 'card';
}

/** Keeps the guide. */
export function chooseFrame(page: Window, frame: 'card' | 'sheet'): void {
  page.localStorage.setItem(FRAME_KEY, frame);
}

const LANGUAGE_KEY = 'loket-language';

/** Says to the page which language was chosen on this screen, before its first word is drawn; Indonesian when none was. */
export function applyLanguage(page: Window): void {
  page.document.documentElement.lang = page.localStorage.getItem(LANGUAGE_KEY) === 'en' ? 'en' : 'id';
}

/** Keeps the choice and draws the page anew: the counter holds the sign-in and the open service, so nothing is lost. */
export function chooseLanguage(page: Window, language: 'id' | 'en'): void {
  page.localStorage.setItem(LANGUAGE_KEY, language);
  page.location.reload();
}
