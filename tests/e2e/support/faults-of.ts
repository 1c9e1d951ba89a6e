import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

const named = (violations: Violations, place: string): readonly string[] =>
  violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${place}: ${violation.id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`,
    ),
  );

/** Draws the page light or dark, and answers when no colour is on its way any more. */
async function draw(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    (scheme) =>
      document.documentElement.dataset['mantineColorScheme'] === scheme &&
      !document.getAnimations().some((animation) => animation instanceof CSSTransition),
    colorScheme,
  );
}

/** Within the page itself: it has no frames of others, and a second page for each look takes four times as long. */
const axeIn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode();

/**
 * What keeps somebody from reading or using the page as it stands, named by the place: everything in the light, and its
 * colours once more in the dark.
 */
export async function faultsOf(page: Page, place: string): Promise<readonly string[]> {
  await draw(page, 'light');
  const light = await axeIn(page).withTags(STANDARDS).analyze();
  await draw(page, 'dark');
  const dark = await axeIn(page).withRules(['color-contrast']).analyze();
  await draw(page, 'light');
  return [...named(light.violations, place), ...named(dark.violations, `${place}, gelap`)];
}

/** The same of the sheet that was just opened above the page; Esc closes it again. */
export async function faultsOfSheet(page: Page, place: string): Promise<readonly string[]> {
  const sheet = page.locator('[role="dialog"][aria-modal="true"]');
  await expect(sheet).toBeVisible();
  const faults = await faultsOf(page, place);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  return faults;
}
