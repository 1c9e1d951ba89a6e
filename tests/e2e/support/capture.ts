import { expect, type Locator } from '@playwright/test';
import { CAPTURE_TEXT } from '../../../src/renderer/text/capture-text.ts';
import type { Officer } from './officer.ts';

/** The capture sheet of a paper. */
export function sheetOf(officer: Officer, label: string): Locator {
  return officer.page.getByRole('dialog', { name: CAPTURE_TEXT.title(label) });
}

/** Takes the picture that the camera shows and keeps it, with two keys. */
export async function photograph(officer: Officer, label: string): Promise<void> {
  const sheet = sheetOf(officer, label);
  await expect(sheet.getByRole('button', { name: CAPTURE_TEXT.shoot })).toBeFocused();
  // On a busy machine the look may be cut off; the sheet says so, and the next picture is taken with the same key.
  await expect(async () => {
    await officer.press('Space');
    await expect(sheet.getByRole('button', { name: CAPTURE_TEXT.keep(1) })).toBeFocused();
  }).toPass({ timeout: 90_000 });
  await officer.press('F12');
  await expect(sheet).toBeHidden({ timeout: 45_000 });
}
