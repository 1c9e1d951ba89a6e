import { sql } from 'kysely';
import type { IssuedCodeRow, PeopleCodesAnswer, PeopleCodesRequest } from '../../contract/people.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from '../region/cursors.ts';
import { inScope, type Principals } from '../region/scope.ts';

/** Enrolment codes of the region's outlets, the newest first; a code itself is never told again. */
export async function readCodes(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  principals: Principals,
  asked: Pick<PeopleCodesRequest, 'cursor' | 'limit'>,
): Promise<PeopleCodesAnswer> {
  const asOf = now();
  const [before = String(Number.MAX_SAFE_INTEGER), beforeId = ''] = readCursor(asked.cursor, 2);
  const { rows } = await sql<IssuedCodeRow>`select c.code_id as "codeId",
      json_build_object('outletId', o.outlet_id, 'name', o.name) as outlet, c.created_at as "issuedAt",
      c.expires_at as "expiresAt", coalesce(p.name, c.issued_by) as "issuedBy", c.used_at as "usedAt",
      case when c.revoked_at is not null then 'revoked' when c.used_at is not null then 'used'
        when c.expires_at <= ${asOf} then 'expired' else 'open' end as state
    from enrolment_code c join outlet o on o.outlet_id = c.outlet_id left join officer p on p.officer_id = c.issued_by
    where ${inScope(principals, sql`o.outlet_id`, sql`${localDateAt(asOf)}::date`)}
      and (c.created_at, c.code_id) < (${before}::bigint, ${beforeId})
    order by c.created_at desc, c.code_id desc limit ${asked.limit + 1}`.execute(db);
  const codes = rows.slice(0, asked.limit);
  const last = codes.at(-1);
  const next =
    rows.length > codes.length && last !== undefined ? writeCursor([String(last.issuedAt), last.codeId]) : null;
  return { asOf, codes, next };
}
