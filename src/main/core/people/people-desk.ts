import { join } from 'node:path';
import { formatEnrolmentTicket } from '../../../contract/enrolment-ticket.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { type PeopleAct, peopleActAnswerSchema, type RegionOfficer } from '../../../contract/people.ts';
import {
  peopleAnnouncementsAnswerSchema,
  peopleCodesAnswerSchema,
  peopleOfficersAnswerSchema,
  peopleReadersAnswerSchema,
} from '../../../contract/people.ts';
import type {
  PeopleAnnouncementsView,
  PeopleCodesView,
  PeopleDoneView,
  PeopleOfficersView,
  PeopleReadersView,
} from '../../../contract/views-people.ts';
import type { RegionQuestion } from '../../../contract/views-region.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { writeDurably } from '../db/durable-file.ts';
import { mediumReason } from '../db/medium-fault.ts';
import type { Db } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EventsPort } from '../ports.ts';
import { keptList, stretch } from '../region/kept-pages.ts';
import { readPages } from '../region/region-page-store.ts';
import { questionName } from '../region/region-questions.ts';
import type { RegionLine, RegionLineRefusal } from '../sync/region-line.ts';

type Part = { readonly offset: number; readonly limit: number };

/** The people of a supervisor's region: read from this device, as they were loaded; acted on over the line. */
export type PeopleDesk = {
  readonly officers: (signIn: SignIn, asked: Part & { readonly search: string }) => Promise<PeopleOfficersView>;
  readonly codes: (signIn: SignIn, asked: Part) => Promise<PeopleCodesView>;
  readonly announcements: (signIn: SignIn, asked: Part) => Promise<PeopleAnnouncementsView>;
  readonly readers: (signIn: SignIn, asked: Part & { readonly announcementId: string }) => Promise<PeopleReadersView>;
  /** Whoever calls has checked his PIN a moment ago. */
  readonly act: (
    signIn: SignIn,
    asked: PeopleAct,
  ) => Promise<Result<PeopleDoneView, RegionLineRefusal | Refusal<'PEOPLE_REFUSED'>>>;
  /** A ticket that was issued here since the program started, as a file that the wizard of a new computer reads. */
  readonly saveTicket: (
    folder: string,
    codeId: string,
  ) => Promise<Result<{ readonly file: string }, Refusal<'NOT_FOUND' | 'EXPORT_FAILED'>>>;
};

type Deps = {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly line: RegionLine;
  readonly provinceUrl: string;
  readonly newId: () => string;
};

/** Whether every typed word is in what is said of somebody, in any order. */
function isFound({ name, officerId, outlet, role }: RegionOfficer, search: string): boolean {
  const words = `${name} ${officerId} ${outlet.name} ${outlet.outletId} ${role}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** The first characters of a code name it; the rest is its secret. */
const codeIdOf = (code: string): string => code.replaceAll('-', '').slice(0, 8);

/** How the pages of one question are read. */
type Reading<A, R> = {
  readonly parse: (text: string) => A;
  readonly rowsOf: (answer: A) => readonly R[];
  readonly idOf: (row: R) => string;
};

const OFFICERS = {
  parse: (text: string) => peopleOfficersAnswerSchema.parse(JSON.parse(text)),
  rowsOf: ({ officers }: ReturnType<typeof peopleOfficersAnswerSchema.parse>) => officers,
  idOf: ({ officerId }: RegionOfficer) => officerId,
};

export function createPeopleDesk({ db, cipher, events, line, provinceUrl, newId }: Deps): PeopleDesk {
  const kept = async <A, R>(
    { officerId: supervisorId }: SignIn,
    question: RegionQuestion,
    { parse, rowsOf, idOf }: Reading<A, R>,
  ) => {
    const pages = await db.read((tx) => readPages(tx, cipher, { supervisorId, question: questionName(question) }));
    const { rows, ...list } = keptList(pages, parse, rowsOf, idOf);
    return { ...list, rows: rows.map(({ row }) => row) };
  };
  const listed = async <A, R>(signIn: SignIn, question: RegionQuestion, reading: Reading<A, R>, part: Part) => {
    const { rows, loadedAt, complete } = await kept(signIn, question, reading);
    return { loadedAt, complete, ...stretch(rows, part) };
  };
  /** Acts whose answer never came, by who asked what: the same again has the same number. */
  const unanswered = new Map<string, string>();
  const tickets = new Map<string, string>();
  const ticketOf = (asked: PeopleAct, code: string | null): string | null => {
    if (asked.act !== 'issue-code' || code === null) return null;
    const ticket = formatEnrolmentTicket({ provinceUrl, code });
    tickets.set(codeIdOf(code), `${asked.outletId} ${ticket}`);
    return ticket;
  };

  return {
    officers: async (signIn, { search, ...part }) => {
      const { rows, head, loadedAt, complete } = await kept(signIn, { of: 'officers' }, OFFICERS);
      const found = rows.filter((row) => isFound(row, search));
      const told = head === undefined ? null : { today: head.today, outlets: head.outlets };
      return { loadedAt, complete, head: told, ...stretch(found, part) };
    },
    codes: (signIn, part) =>
      listed(
        signIn,
        { of: 'codes' },
        {
          parse: (text) => peopleCodesAnswerSchema.parse(JSON.parse(text)),
          rowsOf: ({ codes }) => codes,
          idOf: ({ codeId }) => codeId,
        },
        part,
      ),
    announcements: (signIn, part) =>
      listed(
        signIn,
        { of: 'announcements' },
        {
          parse: (text) => peopleAnnouncementsAnswerSchema.parse(JSON.parse(text)),
          rowsOf: ({ announcements }) => announcements,
          idOf: ({ announcementId }) => announcementId,
        },
        part,
      ),
    readers: (signIn, { announcementId, ...part }) =>
      listed(
        signIn,
        { of: 'readers', announcementId },
        {
          parse: (text) => peopleReadersAnswerSchema.parse(JSON.parse(text)),
          rowsOf: ({ outlets }) => outlets,
          idOf: ({ outletId }) => outletId,
        },
        part,
      ),

    act: async ({ officerId: supervisorId }, asked) => {
      const key = JSON.stringify([supervisorId, asked]);
      const requestId = unanswered.get(key) ?? newId();
      unanswered.set(key, requestId);
      const body = { supervisorId, requestId, asked };
      const answer = await line.ask({ path: '/v1/people/act', body, schema: peopleActAnswerSchema });
      if (!answer.ok) return answer;
      unanswered.delete(key);
      events.publish('region');
      if (!answer.value.done) return err({ code: 'PEOPLE_REFUSED', details: { reason: answer.value.refusal } });
      const { repeated, code, expiresAt, session } = answer.value;
      return ok({ repeated, code, expiresAt, session, ticket: ticketOf(asked, code) });
    },

    saveTicket: async (folder, codeId) => {
      const [outletId, ...ticket] = (tickets.get(codeId) ?? '').split(' ');
      if (outletId === undefined || ticket.length === 0) return err({ code: 'NOT_FOUND' });
      const file = join(folder, `${outletId}-${codeId}.opop-kode`);
      try {
        await writeDurably(file, Buffer.from(`${ticket.join(' ')}\n`, 'utf8'));
        return ok({ file });
      } catch (fault) {
        return err({ code: 'EXPORT_FAILED', details: { reason: mediumReason(fault) } });
      }
    },
  };
}
