import type { PeopleAct } from '../../src/contract/people.ts';
import type { RegionQuestion } from '../../src/contract/views-region.ts';
import { addDays } from '../../src/domain/local-date.ts';
import { pinOf, sync } from './at-the-counter.ts';
import { HIS, load, OUTLET } from './region-of-a-day.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestCounter } from './test-counter.ts';
import { TEST_TODAY } from './test-province.ts';

const part = { offset: 0, limit: 100 } as const;

/** An act of the supervisor on his own device, with his PIN. */
export const act = (device: TestCounter, asked: PeopleAct) => device.get('people.act', { asked, pin: pinOf(HIS) });
export const refusedAct = (device: TestCounter, asked: PeopleAct) =>
  device.refusal('people.act', { asked, pin: pinOf(HIS) });

/** The people of his region, fresh from the province. */
export async function officersOf(device: TestCounter, search = '') {
  await load(device, { of: 'officers' });
  return (await device.get('people.officers', { search, ...part })).rows;
}

export async function announcedBy(device: TestCounter) {
  await load(device, { of: 'announcements' });
  return (await device.get('people.announcements', part)).rows;
}

export async function readersOf(device: TestCounter, announcementId: string) {
  const question: RegionQuestion = { of: 'readers', announcementId };
  await load(device, question);
  return (await device.get('people.readers', { announcementId, ...part })).rows;
}

export const WORDS = {
  act: 'announce',
  title: 'Tarif baru mulai Senin',
  text: 'Muat tarif sebelum membuka sesi kas.',
  untilOn: addDays(TEST_TODAY, 30),
  outletIds: null,
} as const;

/** Everything that a supervisor does about people, and what an officer answers at his counter. */
export async function peopleOfADay(device: TestCounter, counter: TestCounter): Promise<void> {
  const officerId = 'petugas-baru';
  const { code } = await act(device, { act: 'create', officerId, name: 'Dewi Lestari', outletId: OUTLET });
  await officersOf(device, 'dewi');
  const { ticket, code: enrolment } = await act(device, { act: 'issue-code', outletId: OUTLET });
  if (ticket === null || enrolment === null || code === null) throw new Error('a new code is told');
  await device.get('people.save-ticket', {
    folder: temporaryFolder(),
    codeId: enrolment.replaceAll('-', '').slice(0, 8),
  });
  await load(device, { of: 'codes' });
  await device.get('people.codes', part);
  await act(device, WORDS);
  await sync(counter);
  await counter.get('sign-in.choose-pin', { officerId, code, newPin: '593027' });
  await counter.get('sign-in.change-pin', { pin: '593027', newPin: '604138' });
  const [announced] = await counter.get('announcements.current', {});
  const announcementId = announced?.announcementId ?? '';
  await counter.get('announcements.read', { announcementId });
  await sync(counter);
  await announcedBy(device);
  await readersOf(device, announcementId);
}
