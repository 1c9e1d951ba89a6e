import type { z } from 'zod';
import {
  peopleAnnouncementsAnswerSchema,
  peopleCodesAnswerSchema,
  peopleOfficersAnswerSchema,
  peopleReadersAnswerSchema,
} from '../../../contract/people.ts';
import { regionDayPaperAnswerSchema } from '../../../contract/day-paper.ts';
import { regionQualityAnswerSchema, regionSignalsAnswerSchema } from '../../../contract/region-insight.ts';
import { regionAnswerSchema, regionMonthAnswerSchema, regionQueueAnswerSchema } from '../../../contract/region.ts';
import {
  regionDayAnswerSchema,
  regionDayEntriesAnswerSchema,
  regionDaysAnswerSchema,
  regionDayTransactionsAnswerSchema,
} from '../../../contract/region-day.ts';
import type { RegionQuestion } from '../../../contract/views-region.ts';
import { assertNever } from '../../../domain/result.ts';

/** How one question is put to the province. */
export type Put = {
  readonly path: string;
  /** What is asked, without who asks. */
  readonly body: Readonly<Record<string, string | number | null>>;
  readonly schema: z.ZodType<object>;
};

/** The name under which the answers of a question are kept. */
export function questionName(question: RegionQuestion): string {
  switch (question.of) {
    case 'outlets':
    case 'officers':
    case 'codes':
    case 'announcements':
    case 'signals':
    case 'quality':
      return question.of;
    case 'month':
      return `month/${question.month}`;
    case 'paper':
      return `paper/${question.outletId}/${question.businessOn}/${String(question.part)}`;
    case 'readers':
      return `readers/${question.announcementId}`;
    case 'queue':
      return `queue/${question.kind ?? '-'}`;
    case 'days':
      return `days/${question.on ?? '-'}/${question.waiting}`;
    case 'day':
    case 'transactions':
      return `${question.of}/${question.outletId}/${question.businessOn}`;
    case 'entries':
      return `entries/${question.outletId}/${question.businessOn}/${question.type ?? '-'}`;
    default:
      return assertNever(question);
  }
}

/** The names of all lists of days begin so. */
export const DAY_LISTS = 'days/';

/** The request for one page; the length of a page is what the screens show, never more. */
export function putQuestion(question: RegionQuestion, cursor: string | null): Put {
  switch (question.of) {
    case 'outlets':
      return { path: '/v1/region', body: { cursor, limit: 100 }, schema: regionAnswerSchema };
    case 'queue': {
      const { kind } = question;
      return { path: '/v1/region/queue', body: { kind, cursor, limit: 100 }, schema: regionQueueAnswerSchema };
    }
    case 'days': {
      const { on, waiting } = question;
      return { path: '/v1/region/days', body: { on, waiting, cursor, limit: 50 }, schema: regionDaysAnswerSchema };
    }
    case 'day': {
      const { outletId, businessOn } = question;
      return { path: '/v1/region/day', body: { outletId, businessOn }, schema: regionDayAnswerSchema };
    }
    case 'transactions': {
      const { outletId, businessOn } = question;
      const body = { outletId, businessOn, cursor, limit: 200 };
      return { path: '/v1/region/day-transactions', body, schema: regionDayTransactionsAnswerSchema };
    }
    case 'entries': {
      const { outletId, businessOn, type } = question;
      const body = { outletId, businessOn, type, cursor, limit: 200 };
      return { path: '/v1/region/day-entries', body, schema: regionDayEntriesAnswerSchema };
    }
    case 'paper': {
      const { outletId, businessOn, part } = question;
      const body = { outletId, businessOn, part };
      return { path: '/v1/region/day-paper', body, schema: regionDayPaperAnswerSchema };
    }
    case 'month':
      return {
        path: '/v1/region/month',
        body: { month: question.month, cursor, limit: 100 },
        schema: regionMonthAnswerSchema,
      };
    case 'signals':
      return { path: '/v1/region/signals', body: { cursor, limit: 100 }, schema: regionSignalsAnswerSchema };
    case 'quality':
      return { path: '/v1/region/quality', body: { cursor, limit: 20 }, schema: regionQualityAnswerSchema };
    case 'officers':
      return { path: '/v1/people/officers', body: { cursor, limit: 100 }, schema: peopleOfficersAnswerSchema };
    case 'codes':
      return { path: '/v1/people/codes', body: { cursor, limit: 100 }, schema: peopleCodesAnswerSchema };
    case 'announcements':
      return { path: '/v1/people/announcements', body: { cursor, limit: 50 }, schema: peopleAnnouncementsAnswerSchema };
    case 'readers': {
      const { announcementId } = question;
      const body = { announcementId, cursor, limit: 50 };
      return { path: '/v1/people/readers', body, schema: peopleReadersAnswerSchema };
    }
    default:
      return assertNever(question);
  }
}

/** Where the page after an answer begins; null after the last one, and for what has no pages. */
export function nextOf(answer: object): string | null {
  return 'next' in answer && typeof answer.next === 'string' ? answer.next : null;
}
