import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { FRAME_TEXT } from '../../../src/renderer/text/frame-text.ts';
import { INSIGHT_TEXT, PAPER_TEXT } from '../../../src/renderer/text/insight-text.ts';
import {
  ANNOUNCE_TEXT,
  ANNOUNCED_TEXT,
  CODE_STATE_WORDS,
  CODES_TEXT,
  OFFICER_STATE_WORDS,
  OWN_PIN_TEXT,
  PEOPLE_TEXT,
} from '../../../src/renderer/text/people-text.ts';
import { RECAP_TEXT } from '../../../src/renderer/text/recap-text.ts';
import { REGION_TEXT } from '../../../src/renderer/text/region-text.ts';
import { REPORTS_TEXT } from '../../../src/renderer/text/reports-text.ts';
import { STICKS_TEXT } from '../../../src/renderer/text/sticks-text.ts';
import { WORD_TEXT } from '../../../src/renderer/text/word-text.ts';
import { faultsOf } from './faults-of.ts';
import { Officer } from './officer.ts';
import { holdBack } from './on-the-way.ts';
import { run } from './programs.ts';
import { expect, type Province, removeCounter } from './world.ts';

const NEW_OFFICER = 'Dewi Contoh Lestari';
const ANNOUNCEMENT = 'Tarif baru mulai Senin';

/** A supervisor at his own device, and what axe found on every screen that he was led to. */
export class Supervisor extends Officer {
  readonly faults: string[] = [];

  /** Looks at the page as it stands. */
  async look(place: string, page: Page = this.page): Promise<void> {
    this.faults.push(...(await faultsOf(page, place)));
  }

  async #sign(): Promise<void> {
    await this.page.getByLabel(new RegExp(`^${WORD_TEXT.pin('')}`, 'u')).fill(this.pin('pengawas'));
    await this.press('F12');
  }

  /** Petugas: a new officer gets a start code, and stands in the list; the sheet of a change closes with Esc. */
  async createOfficer(): Promise<string> {
    const { page } = this;
    await this.press("Control+'");
    await expect(page.getByRole('listbox', { name: PEOPLE_TEXT.list })).toBeFocused();
    await this.look('Petugas');
    await this.press('F12');
    await expect(page.getByRole('radiogroup', { name: PEOPLE_TEXT.act })).toBeVisible();
    await this.look('Ubah petugas');
    await this.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await this.press('Insert');
    await expect(page.getByLabel(PEOPLE_TEXT.name)).toBeFocused();
    await this.type(NEW_OFFICER);
    await this.press('Tab');
    await this.type('nip-199001012020');
    await this.look('Petugas baru');
    await this.#sign();
    await expect(page.getByText(PEOPLE_TEXT.startCode, { exact: true })).toBeVisible();
    const code = await page.getByRole('status').locator('[data-short=true]').innerText();
    expect(code).toMatch(/^\d{8}$/u);
    await this.look('Kode awal');
    await this.press('F12');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('option', { name: new RegExp(NEW_OFFICER) })).toContainText(
      OFFICER_STATE_WORDS.starting,
    );
    return code;
  }

  /** Petugas, Kode pendaftaran: a code for one more computer, and the end of it. */
  async makeCode(province: Province): Promise<void> {
    const { page } = this;
    await page.getByText(PEOPLE_TEXT.tabs.codes, { exact: true }).click();
    await expect(page.getByRole('button', { name: CODES_TEXT.make })).toBeEnabled();
    await this.press('F12');
    await page.getByRole('combobox', { name: CODES_TEXT.outlet }).click();
    await this.press('ArrowDown', 'Enter');
    await this.look('Kode baru');
    await this.#sign();
    await expect(page.getByRole('status').filter({ hasText: CODES_TEXT.code })).toContainText(/(?:\w{5}-){4}/u);
    await this.look('Kode pendaftaran');
    await this.press('F12');
    await expect(page.getByRole('option').first()).toContainText(CODE_STATE_WORDS.open);
    await this.look('Kode pendaftaran, daftar');
    // A newer code comes on top while the PIN is typed: revoked is the one that was asked for.
    await page.getByRole('option').first().click();
    const codes = await page.getByRole('option').count();
    await province.enrolmentCode();
    const release = await holdBack(page, 'region.load');
    await this.press('Control+]', 'Control+j');
    await expect(page.getByText(CODES_TEXT.revokeHow)).toBeVisible();
    release();
    await expect(page.locator('[role=option]')).toHaveCount(codes + 1);
    await this.look('Cabut kode');
    await this.#sign();
    await expect(page.getByRole('option').nth(1)).toContainText(CODE_STATE_WORDS.revoked);
    await expect(page.getByRole('option').first()).toContainText(CODE_STATE_WORDS.open);
    await page.unroute('**/rpc');
  }

  /** Petugas, Pengumuman: written for every outlet of the region. */
  async announce(): Promise<void> {
    const { page } = this;
    await page.getByText(PEOPLE_TEXT.tabs.announcements, { exact: true }).click();
    await expect(page.getByText(ANNOUNCE_TEXT.empty)).toBeVisible();
    await this.press('F12');
    await expect(page.getByLabel(ANNOUNCE_TEXT.heading)).toBeFocused();
    await this.type(ANNOUNCEMENT);
    await page
      .getByRole('textbox', { name: ANNOUNCE_TEXT.text, exact: true })
      .fill('Sambungkan komputer sebelum buka.');
    await this.look('Pengumuman baru');
    await this.#sign();
    await expect(page.getByRole('option', { name: new RegExp(ANNOUNCEMENT) })).toBeVisible();
    await expect(page.getByText(ANNOUNCE_TEXT.readers)).toBeVisible();
    await this.look('Pengumuman');
    await page.getByRole('button', { name: ANNOUNCE_TEXT.withdraw }).click();
    await expect(page.getByText(ANNOUNCE_TEXT.withdrawHow)).toBeVisible();
    await this.look('Tarik pengumuman');
    await this.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  /** Bulan & Mutu: the month of the region, its file for the treasurer, and the two other parts. */
  async saveMonth(): Promise<void> {
    const { page } = this;
    const dialog = page.getByRole('dialog');
    await this.press('Control+\\');
    await expect(page.getByRole('option', { name: /Gerai Ponpes Al-Hikmah/u })).toBeVisible();
    await this.look('Rekap Bulan');
    await this.press('F12');
    await expect(dialog.getByText(INSIGHT_TEXT.saveWhy)).toBeVisible();
    await this.look('Simpan Rekap Bulan');
    await this.press('F12');
    await expect(dialog.getByText(REPORTS_TEXT.exported)).toBeVisible();
    const said = (await dialog.getByText(/[.]xlsx/u).textContent()) ?? '';
    expect(
      readFileSync(said.slice(0, said.lastIndexOf(', ')))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await this.look('Rekap Bulan tersimpan');
    await this.press('F12');
    await expect(dialog).toBeHidden();
    await page.getByText(INSIGHT_TEXT.tabs.signals, { exact: true }).click();
    await expect(page.getByText(INSIGHT_TEXT.noAccusation)).toBeVisible();
    await this.look('Perlu dilihat');
    await page.getByText(INSIGHT_TEXT.tabs.quality, { exact: true }).click();
    await expect(page.getByText(INSIGHT_TEXT.helps)).toBeVisible();
    await this.look('Mutu layanan, wilayah');
  }

  /** The day's Berita Acara, and the entries behind the day with the sheet that sets one apart. */
  async lookBehindDay(): Promise<void> {
    const { page } = this;
    await this.press('F10');
    await expect(page.getByText(PAPER_TEXT.why)).toBeVisible();
    await expect(page.getByText(PAPER_TEXT.state.none)).toBeVisible();
    await this.look('Berita Acara');
    await this.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await this.press('F6');
    await expect(page.getByRole('listbox', { name: RECAP_TEXT.entries }).getByRole('option').first()).toBeVisible();
    await this.look('Entri hari');
    await this.press('F12');
    await expect(page.getByRole('dialog').getByText(RECAP_TEXT.actHow)).toBeVisible();
    await this.look('Entri dipisahkan');
    await page.getByRole('button', { name: FRAME_TEXT.close }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await this.press('Escape');
    await expect(page.getByRole('region', { name: RECAP_TEXT.matchTitle })).toBeVisible();
  }

  /** Flashdisk gerai: what a counter without a line wrote is taken into custody and answered on the same stick. */
  async takeStick(province: Province): Promise<void> {
    const { page } = this;
    const stick = mkdtempSync(join(tmpdir(), 'opop-e2e-flashdisk-'));
    const dataDir = mkdtempSync(join(tmpdir(), 'opop-e2e-jauh-'));
    const code = await province.enrolmentCode();
    await run('loket', ['enrol', '--data', dataDir, '--province', province.url, '--code', code, '--key-store', 'demo']);
    const here = ['--data', dataDir];
    const pinFile = join(stick, 'pin');
    writeFileSync(pinFile, this.pin('petugas-1'), { mode: 0o600 });
    await run('loket', ['sync', ...here, '--once', '--timeout', '60']);
    // Somebody signs in and nothing of it goes out: this command has no line.
    await run('loket', ['call', ...here, '--as', 'petugas-1', '--pin-file', pinFile]);
    await run('loket', ['export-bundle', ...here, '--out', stick]);
    await this.press('Control+5');
    await expect(page.getByRole('heading', { name: REGION_TEXT.title, level: 1 })).toBeVisible();
    await this.press('F10');
    const file = page.getByRole('option', { name: /Gerai Ponpes Al-Hikmah.*entri baru/u });
    // Another stick is chosen while the first is still looked at: what is shown is of the one that is chosen.
    const slow = join(stick, 'lain');
    const release = await holdBack(page, slow);
    for (const folder of [slow, stick]) {
      await page.getByLabel(STICKS_TEXT.otherFolder).fill(folder);
      await page.getByLabel(STICKS_TEXT.otherFolder).press('Enter');
    }
    await expect(file).toBeVisible();
    const late = page.waitForResponse((response) => response.request().postData()?.includes(`"${slow}"`) === true);
    release();
    await late;
    await expect(file).toBeVisible();
    await page.unroute('**/rpc');
    await this.look('Flashdisk gerai');
    await this.press('F12');
    await expect(page.getByText(/[1-9]\d* diterima/u)).toBeVisible();
    await expect(page.getByText(/^Jawaban ada di flashdisk: /u)).toBeVisible();
    expect(readdirSync(stick).filter((name) => name.includes('jawaban'))).toHaveLength(1);
    await this.look('Flashdisk gerai, hasil');
    await this.press('Escape');
    await expect(page.getByRole('heading', { name: REGION_TEXT.title, level: 1 })).toBeVisible();
    removeCounter(dataDir);
    rmSync(stick, { recursive: true });
  }

  /** What all of that is at the counter: the announcement on Beranda, and the PIN that a start code asks for. */
  async seenAtTheCounter(officer: Officer, startCode: string): Promise<void> {
    const { page } = officer;
    await page.bringToFront();
    await officer.press('Control+2');
    const news = page.getByRole('region', { name: `${ANNOUNCED_TEXT.title}: ${ANNOUNCEMENT}` });
    await expect(news).toBeVisible({ timeout: 60_000 });
    await this.look('Beranda, pengumuman', page);
    await officer.press('Control+y');
    await expect(news).toBeHidden();
    await officer.signOut();
    await page.getByRole('radio', { name: new RegExp(NEW_OFFICER) }).click({ timeout: 60_000 });
    await officer.type(startCode);
    await officer.press('Enter');
    await expect(page.getByText(OWN_PIN_TEXT.chooseHow)).toBeVisible();
    await this.look('Pilih PIN', page);
  }
}
