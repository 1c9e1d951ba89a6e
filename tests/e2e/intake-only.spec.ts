import { DOCUMENTS_TEXT } from '../../src/renderer/text/documents-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { expect, test } from './support/world.ts';

// The policy is there before the counter of the test is enrolled, so it comes with the first pull.
test.beforeEach(async ({ province }) => {
  await province.setPolicy('offlineCash=intake-only');
});

test('with intake-only and no line papers are taken in, no cash step exists, and the call list is ready', async ({
  province,
  officer,
  page,
}) => {
  await officer.signIn();
  await officer.openCashSession();
  await province.stop();

  await officer.find('AG 2345 KD');
  await officer.confirm('10001');
  await expect(page.getByText('INTAKE_ONLY')).toBeVisible();
  await expect(officer.cashField).toHaveCount(0);
  await officer.tickAndName('081234567890');
  await expect(page.getByRole('button', { name: SERVICE_TEXT.intake })).toBeVisible();
  await officer.press('F12');
  await expect(page.getByText(SERVICE_TEXT.intakeTitle)).toBeVisible();

  await province.start();
  await officer.press('Control+5');
  await page.getByRole('tab', { name: DOCUMENTS_TEXT.callList }).focus();
  await officer.press('Enter');
  const row = page.getByRole('option').filter({ hasText: 'AG 2345 KD' });
  await expect(row).toContainText('081234567890');
  await officer.press('F12');
  await expect(page.getByLabel(SERVICE_TEXT.tail, { exact: true })).toBeFocused();
});
