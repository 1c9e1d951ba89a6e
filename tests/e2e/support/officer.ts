import { expect, type Locator, type Page } from '@playwright/test';
import { CASH_TEXT } from '../../../src/renderer/text/cash-text.ts';
import { FRAME_TEXT } from '../../../src/renderer/text/frame-text.ts';
import { HOME_TEXT } from '../../../src/renderer/text/home-text.ts';
import { OUTBOX_TEXT } from '../../../src/renderer/text/outbox-text.ts';
import { SERVICE_TEXT } from '../../../src/renderer/text/service-text.ts';
import { SIGN_IN_TEXT } from '../../../src/renderer/text/sign-in-text.ts';

/** Between two keys of a person; a scanner is quicker than 35 ms. */
const TYPING = { delay: 45 };

/** Ahmad Fauzi stands first in the list of the demo outlet. */
const FIRST_OFFICER = 'petugas-2';

/** A button that F12 presses now. */
const PRIMARY = 'button[aria-keyshortcuts~="F12"]:not([disabled]):not([aria-busy="true"])';

/** An officer at the counter, who has a keyboard and no mouse. */
export class Officer {
  readonly page: Page;
  readonly #pinOf: (officerId: string) => string;

  constructor(page: Page, pinOf: (officerId: string) => string) {
    this.page = page;
    this.#pinOf = pinOf;
  }

  /** The pane of Layanan with this title. */
  pane(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, TYPING);
  }

  /** Looks before he presses F12: some button on the screen must offer that key, and not be at work. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (key === 'F12') await expect(this.page.locator(PRIMARY).filter({ visible: true }).first()).toBeVisible();
      await this.page.keyboard.press(key);
    }
  }

  /** The same by somebody who does not look, and presses again and again. */
  async hammer(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async signIn(): Promise<void> {
    await expect(this.page.getByRole('radio', { checked: true })).toBeVisible();
    await this.type(this.#pinOf(FIRST_OFFICER));
    await this.press('Enter');
    await expect(this.page.getByRole('heading', { name: HOME_TEXT.title })).toBeVisible();
  }

  /** Somebody further down the list of the outlet: `down` names below the one that is chosen first. */
  async signInAs(officerId: string, down: number): Promise<void> {
    await expect(this.page.getByRole('radio', { checked: true })).toBeVisible();
    for (let step = 0; step < down; step += 1) await this.press('ArrowDown');
    await this.type(this.#pinOf(officerId));
    await this.press('Enter');
    await expect(this.page.getByRole('heading', { name: HOME_TEXT.title })).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: FRAME_TEXT.signOut }).click();
  }

  /** What a colleague types at this keyboard. */
  pin(officerId: string): string {
    return this.#pinOf(officerId);
  }

  async unlock(): Promise<void> {
    await this.type(this.#pinOf(FIRST_OFFICER));
    await this.press('Enter');
  }

  /** Two notes of Rp100.000 in the drawer. */
  async openCashSession(): Promise<void> {
    await this.press('Control+6');
    await expect(this.page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
    await this.type('2');
    await this.press('F12');
    await expect(this.plateField).toBeFocused();
  }

  /**
   * Opens the cash session, and waits until the province has it. The bar alone may still speak of the moment before the
   * opening; the Kotak Kirim asks anew.
   */
  async openAndSendCashSession(): Promise<void> {
    await this.openCashSession();
    await this.press('Control+3');
    await expect(this.page.getByText(OUTBOX_TEXT.emptyMoney)).toBeVisible();
    await expect(this.page.getByRole('contentinfo').getByText('semua terkirim')).toBeVisible();
    await this.press('Control+1');
    await expect(this.plateField).toBeVisible();
  }

  get plateField(): Locator {
    return this.page.getByLabel(SERVICE_TEXT.plate, { exact: true });
  }

  get cashField(): Locator {
    return this.page.getByLabel(SERVICE_TEXT.received, { exact: true });
  }

  async find(plate: string): Promise<void> {
    await this.press('F2');
    await expect(this.plateField).toBeFocused();
    await this.type(plate);
    await this.press('Enter');
  }

  async confirm(tail: string): Promise<void> {
    await expect(this.page.getByLabel(SERVICE_TEXT.tail, { exact: true })).toBeFocused();
    await this.type(tail);
    await this.press('Enter');
    await expect(this.page.getByText(SERVICE_TEXT.compare)).toBeVisible();
  }

  /** Enter marks what is required and goes on; then name and phone. */
  async tickAndName(phone: string): Promise<void> {
    const papers = this.pane(SERVICE_TEXT.documents).getByRole('checkbox');
    await expect(papers.first()).toBeFocused();
    await this.press('Enter', 'Enter');
    await expect(this.page.getByLabel(SERVICE_TEXT.payerName, { exact: true })).toBeFocused();
    await this.press('Enter');
    await this.type(phone);
    await this.press('Enter');
  }

  /** A whole sale with the exact sum; answers the receipt number. */
  async sell(plate: string, tail: string): Promise<string> {
    await this.find(plate);
    await this.confirm(tail);
    await this.tickAndName('081234567890');
    await expect(this.cashField).toBeFocused();
    await this.press('F8', 'F12');
    return await this.receiptNumber();
  }

  async receiptNumber(): Promise<string> {
    const payment = this.pane(SERVICE_TEXT.payment);
    await expect(payment.getByText(SERVICE_TEXT.paidTitle)).toBeVisible();
    const text = await payment.getByText(/^\S*\d{4}-\d{3}-\d{2}-\S+$/).innerText();
    return text.trim().split(/\s+/).at(-1) ?? '';
  }

  /** A scan: keys 4 ms apart, ended by Enter. The browser is told the times, so a busy machine scans as quickly. */
  async scan(text: string): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const start = Date.now() / 1000;
    for (const [index, key] of [...text, 'Enter'].entries()) {
      const typed = key === 'Enter' ? '\r' : key;
      const event = { key, text: typed, timestamp: start + index * 0.004 };
      await browser.send('Input.dispatchKeyEvent', { ...event, type: 'keyDown' });
      await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: event.timestamp + 0.002 });
    }
    await browser.detach();
  }

  /** The name that the sign-in screen puts before the PIN of the chosen officer. */
  async expectPinField(): Promise<void> {
    await expect(this.page.getByLabel(new RegExp(`^${SIGN_IN_TEXT.pin} `))).toBeFocused();
  }
}
