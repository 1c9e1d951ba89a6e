import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { officerItemSchema } from '../../src/contract/feeds.ts';
import {
  type PeopleAct,
  peopleAnnouncementsAnswerSchema,
  peopleCodesAnswerSchema,
  peopleOfficersAnswerSchema,
} from '../../src/contract/people.ts';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { issueEnrolmentCode } from '../../src/province/enrolment/enrolment.ts';
import { applyMoves } from '../../src/province/enrolment/officer-administration.ts';
import { actOnPeople } from '../../src/province/people/act-on-people.ts';
import { delegate, endDelegation, giveRegion, moveOutlet, putRegion } from '../../src/province/region/regions.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { CounterDay, counterOf, SupervisorDesk } from '../support/outlet-days.ts';
import type { TestDevice } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';

const world = useProvince();
const context = () => world().province.context;
const YESTERDAY = addDays(TEST_TODAY, -1);
const [KEDIRI, NGANJUK, MALANG] = ['3506-017', '3518-004', '3507-012'] as const;
const KEDIRI_BOSS = 'pengawas-3516-002';
const MALANG_BOSS = 'pengawas-3526-009';

const desks: { kediri?: SupervisorDesk; malang?: SupervisorDesk } = {};
const desk = (name: 'kediri' | 'malang'): SupervisorDesk => {
  const found = desks[name];
  if (found === undefined) throw new Error('the desks stand only once the tests run');
  return found;
};
const done = (result: { readonly ok: boolean }): void => expect(result).toMatchObject({ ok: true });

beforeAll(async () => {
  await putRegion(context(), 'kediri', 'UPT Kediri');
  await putRegion(context(), 'malang', 'UPT Malang');
  for (const [outletId, regionId] of [
    [KEDIRI, 'kediri'],
    [NGANJUK, 'kediri'],
    [MALANG, 'malang'],
  ] as const) {
    done(await moveOutlet(context(), { outletId, regionId, fromOn: '2026-01-01' as LocalDate, saidBy: 'test' }));
  }
  done(await giveRegion(context(), KEDIRI_BOSS, 'kediri'));
  done(await giveRegion(context(), MALANG_BOSS, 'malang'));
  desks.kediri = await SupervisorDesk.of(world(), KEDIRI_BOSS, '3516-002');
  desks.malang = await SupervisorDesk.of(world(), MALANG_BOSS, '3526-009');
});

describe('the people of a region', () => {
  const MINE = { officerId: 'petugas-1-3518-004', outletId: NGANJUK };
  const THEIRS = { officerId: 'petugas-1-3507-012', outletId: MALANG };
  const act = async (who: SupervisorDesk, asked: PeopleAct, requestId = uuidV7()) =>
    who.askPeople('/act', { requestId, asked });
  const refusalOf = ({ json }: { readonly json: unknown }) =>
    (json as { error?: { code: string }; refusal?: string }).error?.code ?? (json as { refusal?: string }).refusal;
  const acts = async () =>
    (
      await sql<{ act: string; supervisor: string }>`select act, supervisor from people_act order by at`.execute(
        context().db,
      )
    ).rows;
  const page = { cursor: null, limit: 50 };

  it('are those of its own outlets, whoever asks', async () => {
    const of = async (who: SupervisorDesk) =>
      peopleOfficersAnswerSchema.parse((await who.askPeople('/officers', page)).json);
    const [kediri, malang] = [await of(desk('kediri')), await of(desk('malang'))];
    expect(kediri.officers.map(({ officerId }) => officerId)).toContain(MINE.officerId);
    expect(kediri.officers.map(({ officerId }) => officerId)).not.toContain(THEIRS.officerId);
    expect(malang.officers.map(({ officerId }) => officerId)).toContain(THEIRS.officerId);
    expect(malang.outlets.map(({ outletId }) => outletId)).not.toContain(NGANJUK);
    const first = peopleOfficersAnswerSchema.parse(
      (await desk('kediri').askPeople('/officers', { ...page, limit: 2 })).json,
    );
    const rest = await desk('kediri').askPeople('/officers', { cursor: first.next, limit: 100 });
    const walked = [...first.officers, ...peopleOfficersAnswerSchema.parse(rest.json).officers];
    expect(walked.map(({ officerId }) => officerId)).toEqual(kediri.officers.map(({ officerId }) => officerId));
  });

  it('are touched by nobody of another region, act by act, and nothing is written of it', async () => {
    const before = await acts();
    const of = { officerId: THEIRS.officerId };
    const reason = 'bukan wilayahnya';
    const code = await issueEnrolmentCode(context(), MALANG);
    if (!code.ok) throw new Error(code.error);
    const told = await act(desk('malang'), {
      act: 'announce',
      title: 'Untuk Malang',
      text: 'Hanya wilayah ini.',
      untilOn: TEST_TODAY,
      outletIds: [MALANG],
    });
    expect(told.json).toMatchObject({ done: true });
    const { announcements } = peopleAnnouncementsAnswerSchema.parse(
      (await desk('malang').askPeople('/announcements', page)).json,
    );
    const announcementId = announcements[0]?.announcementId ?? '';
    const tries: readonly PeopleAct[] = [
      { act: 'create', officerId: 'petugas-orang', name: 'Orang Lain', outletId: MALANG },
      { act: 'suspend', ...of, reason },
      { act: 'reinstate', ...of, reason },
      { act: 'reset-pin', ...of },
      { act: 'move', ...of, outletId: NGANJUK, fromOn: TEST_TODAY },
      { act: 'move', officerId: MINE.officerId, outletId: MALANG, fromOn: TEST_TODAY },
      { act: 'issue-code', outletId: MALANG },
      { act: 'revoke-code', codeId: code.value.codeId },
      {
        act: 'announce',
        title: 'Salah',
        text: 'Bukan untuk mereka.',
        untilOn: TEST_TODAY,
        outletIds: [NGANJUK, MALANG],
      },
      { act: 'withdraw', announcementId },
    ];
    for (const asked of tries) {
      const answer = await act(desk('kediri'), asked);
      expect([asked.act, answer.status, refusalOf(answer)]).toEqual([asked.act, 403, 'OUT_OF_SCOPE']);
    }
    expect((await desk('kediri').askPeople('/readers', { announcementId, ...page })).status).toBe(403);
    const codes = peopleCodesAnswerSchema.parse((await desk('kediri').askPeople('/codes', page)).json);
    expect(codes.codes.map(({ codeId }) => codeId)).not.toContain(code.value.codeId);
    const mine = peopleAnnouncementsAnswerSchema.parse((await desk('kediri').askPeople('/announcements', page)).json);
    expect(mine.announcements).toEqual([]);
    expect((await acts()).slice(before.length)).toEqual([{ act: 'announce', supervisor: MALANG_BOSS }]);
  });

  it('are left alone where an act cannot be, and each refusal says why', async () => {
    const { officerId } = MINE;
    const ofHim = { officerId: KEDIRI_BOSS };
    const told = { title: 'Rapat', text: 'Pukul delapan.', outletIds: null };
    const refused: readonly (readonly [PeopleAct, string])[] = [
      [{ act: 'suspend', ...ofHim, reason: 'diri sendiri' }, 'SELF'],
      [{ act: 'reset-pin', ...ofHim }, 'SELF'],
      [{ act: 'create', ...ofHim, name: 'Diri Sendiri', outletId: NGANJUK }, 'SELF'],
      [{ act: 'create', officerId, name: 'Nama Lain', outletId: NGANJUK }, 'OFFICER_KNOWN'],
      [{ act: 'reset-pin', officerId: 'pengawas-3518-004' }, 'NOT_AN_OFFICER'],
      [{ act: 'reset-pin', officerId: 'petugas-tak-ada' }, 'OFFICER_UNKNOWN'],
      [{ act: 'reinstate', officerId, reason: 'masih aktif' }, 'ALREADY_SO'],
      [{ act: 'revoke-code', codeId: 'ZZZZZZZ9' }, 'CODE_UNKNOWN'],
      [{ act: 'announce', ...told, untilOn: YESTERDAY }, 'DATE_PAST'],
      [{ act: 'withdraw', announcementId: uuidV7() }, 'ANNOUNCEMENT_UNKNOWN'],
    ];
    const before = await acts();
    for (const [asked, refusal] of refused) {
      const answer = await act(desk('kediri'), asked);
      expect([asked.act, answer.status, refusalOf(answer)]).toEqual([asked.act, 200, refusal]);
    }
    expect(await acts()).toEqual(before);
    // Whoever has no outlet today has nobody to tell anything.
    const nobody = { principals: { supervisorId: 'pengawas-tanpa', delegations: [] }, deviceId: uuidV7() };
    const asked: PeopleAct = { act: 'announce', ...told, untilOn: TEST_TODAY };
    expect(await actOnPeople(context(), nobody, { requestId: uuidV7(), asked })).toEqual({
      ok: false,
      error: 'OUT_OF_SCOPE',
    });
  });

  it('are suspended and moved with the session that they left open in sight', async () => {
    const officerId = 'petugas-2-3518-004';
    const device = await counterOf(world(), NGANJUK);
    new CounterDay(world(), device, YESTERDAY, officerId).open();
    await device.push();
    const session = { outletId: NGANJUK, openedOn: YESTERDAY };
    const reason = 'cuti';
    const suspended = await act(desk('kediri'), { act: 'suspend', officerId, reason });
    expect(suspended.json).toMatchObject({ done: true, session });
    expect(refusalOf(await act(desk('kediri'), { act: 'suspend', officerId, reason }))).toBe('ALREADY_SO');
    const back = await act(desk('kediri'), { act: 'reinstate', officerId, reason });
    expect(back.json).toMatchObject({ done: true, session: null });
    const moved = await act(desk('kediri'), {
      act: 'move',
      officerId,
      outletId: KEDIRI,
      fromOn: addDays(TEST_TODAY, 30),
    });
    expect(moved.json).toMatchObject({ done: true, session });
  });

  it('hear no more of an announcement that its writer took back, or who stands in for him', async () => {
    const announced = async () => {
      const asked = { title: 'Libur', text: 'Besok tutup.', untilOn: TEST_TODAY, outletIds: [MALANG] };
      expect((await act(desk('malang'), { act: 'announce', ...asked })).json).toMatchObject({ done: true });
      const { json } = await desk('malang').askPeople('/announcements', page);
      return peopleAnnouncementsAnswerSchema.parse(json).announcements.map(({ announcementId }) => announcementId);
    };
    const before = new Set(await announced());
    const announcementId = (await announced()).find((one) => !before.has(one)) ?? '';
    const asked: PeopleAct = { act: 'withdraw', announcementId };
    expect(refusalOf(await act(desk('kediri'), asked))).toBe('OUT_OF_SCOPE');
    const letter = { fromOfficer: MALANG_BOSS, toOfficer: KEDIRI_BOSS, letterNumber: '800/18/2026', saidBy: 'test' };
    const given = await delegate(context(), { ...letter, fromOn: TEST_TODAY, toOn: TEST_TODAY });
    if (!given.ok) throw new Error(given.error);
    expect((await act(desk('kediri'), asked)).json).toMatchObject({ done: true });
    expect(refusalOf(await act(desk('kediri'), asked))).toBe('ALREADY_SO');
    done(await endDelegation(context(), given.value.delegationId, TEST_TODAY));
  });

  it('are nobody’s from a device that is not a supervisor’s own', async () => {
    const counter = await counterOf(world(), KEDIRI);
    for (const path of ['/officers', '/codes', '/announcements']) {
      const asked = { supervisorId: KEDIRI_BOSS, ...page };
      expect((await counter.request('POST', `/v1/people${path}`, asked)).status).toBe(403);
    }
    const asked = { act: 'reset-pin', officerId: MINE.officerId };
    const sent = { supervisorId: KEDIRI_BOSS, requestId: uuidV7(), asked };
    expect((await counter.request('POST', '/v1/people/act', sent)).status).toBe(403);
  });

  it('are acted on once under one number, and the number stands for no other act', async () => {
    const requestId = uuidV7();
    const asked: PeopleAct = { act: 'reset-pin', officerId: MINE.officerId };
    const first = await act(desk('kediri'), asked, requestId);
    expect(first.json).toMatchObject({ done: true, repeated: false, code: expect.stringMatching(/^\d{8}$/) });
    const twice = await Promise.all([1, 2, 3].map(() => act(desk('kediri'), asked, requestId)));
    for (const { json } of twice) expect(json).toMatchObject({ done: true, repeated: true, code: null });
    const other = await act(desk('kediri'), { act: 'suspend', officerId: MINE.officerId, reason: 'lain' }, requestId);
    expect(refusalOf(other)).toBe('REQUEST_OTHER');
    const { deviceId } = desk('kediri').device;
    const another = { principals: { supervisorId: MALANG_BOSS, delegations: [] }, deviceId };
    expect(await actOnPeople(context(), another, { requestId, asked })).toMatchObject({
      value: { done: false, refusal: 'REQUEST_OTHER' },
    });
    await expect(sql`delete from people_act`.execute(context().db)).rejects.toThrow('people_act only grows');
  });

  it('move on their day: the outlet they leave forgets their PIN, the other one knows them', async () => {
    const { officerId } = MINE;
    const [left, reached] = [await counterOf(world(), NGANJUK), await counterOf(world(), KEDIRI)];
    const newsOf = async (device: TestDevice) =>
      (await device.pull('officers', device.deviceId))
        .flatMap(({ items }) => items.map((item) => officerItemSchema.parse(item)))
        .filter((item) => item.officerId === officerId)
        .at(-1);
    const before = await newsOf(left);
    expect(before).toMatchObject({ active: true });
    expect(await newsOf(reached)).toBeUndefined();
    const tomorrow = addDays(TEST_TODAY, 1);
    const asked: PeopleAct = { act: 'move', officerId, outletId: KEDIRI, fromOn: tomorrow };
    expect(refusalOf(await act(desk('kediri'), { ...asked, fromOn: YESTERDAY }))).toBe('DATE_PAST');
    expect((await act(desk('kediri'), asked)).json).toMatchObject({ done: true });
    expect(await applyMoves(context())).toBe(0);
    // Another word before the day comes takes the place of the first.
    expect((await act(desk('kediri'), { ...asked, outletId: NGANJUK })).json).toMatchObject({ done: true });
    expect(refusalOf(await act(desk('kediri'), { ...asked, outletId: NGANJUK }))).toBe('SAME_OUTLET');
    expect((await act(desk('kediri'), asked)).json).toMatchObject({ done: true });
    const listed = peopleOfficersAnswerSchema.parse((await desk('kediri').askPeople('/officers', page)).json);
    expect(listed.officers.find((one) => one.officerId === officerId)?.move).toMatchObject({
      outletId: KEDIRI,
      fromOn: tomorrow,
    });
    const at = context().now() + 86_400_000;
    expect(await applyMoves({ db: context().db, now: () => at })).toBe(1);
    expect(await applyMoves({ db: context().db, now: () => at })).toBe(0);
    expect(await newsOf(left)).toMatchObject({ active: false });
    expect(await newsOf(reached)).toMatchObject({ active: true });
    const sealed = async (device: TestDevice) => device.openSealed((await newsOf(device))?.pinVerifier ?? '');
    const { pin_verifier: verifier } = await context()
      .db.selectFrom('officer')
      .select('pin_verifier')
      .where('officer_id', '=', officerId)
      .executeTakeFirstOrThrow();
    expect(await sealed(reached)).toEqual({ argon2id: verifier });
    expect(await sealed(left)).not.toEqual({ argon2id: verifier });
  });
});
