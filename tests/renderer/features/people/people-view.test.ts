import { describe, expect, it } from 'vitest';
import type { RegionOfficer } from '../../../../src/contract/people.ts';
import type { AnnouncementView } from '../../../../src/contract/views-people.ts';
import type { LocalDate } from '../../../../src/domain/local-date.ts';
import { unreadBy } from '../../../../src/renderer/app/Announcements.tsx';
import { isGrouped, mayOpen, RAIL, SUPERVISOR_GROUPS } from '../../../../src/renderer/app/navigation.tsx';
import { OFFICER_STATE_WORDS, officerState } from '../../../../src/renderer/text/people-text.ts';
import { errorSentences } from '../../../../src/renderer/text/error-text.ts';

const OUTLET = { outletId: '3506-017', name: 'Gerai Ponpes Al-Hikmah' };
const OFFICER: RegionOfficer = {
  officerId: 'petugas-1',
  name: 'Siti Aminah',
  role: 'officer',
  outlet: OUTLET,
  active: true,
  reason: null,
  startsUntil: null,
  substituteAt: null,
  move: null,
  lastSignInAt: null,
  lockedUntil: null,
  session: null,
  mayNot: null,
};
const stateOf = (over: Partial<RegionOfficer>) => officerState({ ...OFFICER, ...over });

describe('Petugas', () => {
  it('is for supervisors alone, and stands on their rail', () => {
    expect(mayOpen('supervisor', 'people')).toBe(true);
    for (const role of ['officer', 'installer', 'auditor'] as const) expect(mayOpen(role, 'people')).toBe(false);
    expect(RAIL).toContain('people');
    // Every screen that is his stands in one group of his rail, and nothing else does.
    const grouped = SUPERVISOR_GROUPS.flatMap(({ screens }): readonly string[] => screens);
    expect(grouped.toSorted()).toEqual(RAIL.filter((screen) => mayOpen('supervisor', screen)).toSorted());
    expect(isGrouped('officer')).toBe(false);
  });

  it('says the gravest state of somebody in one word', () => {
    expect(stateOf({})).toBe('active');
    expect(stateOf({ substituteAt: OUTLET })).toBe('substitute');
    expect(stateOf({ substituteAt: OUTLET, startsUntil: 1 })).toBe('starting');
    expect(stateOf({ startsUntil: 1, lockedUntil: 2 })).toBe('locked');
    expect(stateOf({ lockedUntil: 2, active: false })).toBe('suspended');
    expect(OFFICER_STATE_WORDS.starting).toBe('belum memilih PIN');
  });

  it('says why nothing was done about somebody, and what to do', () => {
    const known = errorSentences('PEOPLE_REFUSED', { reason: 'OFFICER_KNOWN' });
    expect(known.what).toBe('Nomor petugas ini sudah dipakai.');
    expect(errorSentences('PEOPLE_REFUSED', { reason: 'SOMETHING_NEW' }).next).toContain('Muat lagi');
    expect(errorSentences('PIN_NOT_CHANGED_HERE', { reason: 'SUPERVISOR' }).next).toContain('perangkat pengawas');
  });
});

describe('announcements at the counter', () => {
  const one = (announcementId: string, madeAt: number, readBy: readonly string[]): AnnouncementView => ({
    announcementId,
    title: announcementId,
    text: 'isi',
    from: 'Hj. Khofifah',
    madeAt,
    untilOn: '2026-03-31' as LocalDate,
    readBy: [...readBy],
  });

  it('are shown to each officer until he has read them, the oldest first', () => {
    const all = [one('c', 3, []), one('b', 2, ['petugas-1']), one('a', 1, ['petugas-2'])];
    expect(unreadBy(all, 'petugas-1').map(({ title }) => title)).toEqual(['a', 'c']);
    expect(unreadBy(all, 'petugas-2').map(({ title }) => title)).toEqual(['b', 'c']);
  });
});
