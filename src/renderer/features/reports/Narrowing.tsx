import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useProcedure } from '../../app/queries.tsx';
import { dateTime } from '../../text/format.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import type { Period } from './period.ts';

/** What a report is narrowed to. */
export type Narrowed = Readonly<{ cashSessionId: string | null; officerId: string | null }>;

/** Sessions that did something in the period, from the report of sessions itself. */
function useSessions(period: Period): readonly { readonly value: string; readonly label: string }[] {
  const { value } = useProcedure('reports.make', { kind: 'cash-session', ...period }, { keepPrevious: true });
  const section = value?.sections[0];
  const at = (key: string): number => section?.columns.findIndex((column) => column.key === key) ?? -1;
  return (section?.rows ?? []).flatMap(({ cells, choice }) => {
    const id = choice?.cashSessionId;
    const opened = cells[at('opened')];
    if (typeof id !== 'string') return [];
    const words = [typeof opened === 'number' ? dateTime(opened) : '', String(cells[at('officer')] ?? '')];
    return [{ value: id, label: words.filter((word) => word !== '').join(' · ') }];
  });
}

/** One officer, one cash session, or all of them. */
export function Narrowing({
  period,
  narrowed,
  onChange,
}: Readonly<{ period: Period; narrowed: Narrowed; onChange: (narrowed: Narrowed) => void }>): ReactNode {
  const officers = useProcedure('sign-in.officers', {}).value ?? [];
  const sessions = useSessions(period);
  const { cashSessionId, officerId } = narrowed;
  return (
    <>
      <NativeSelect
        aria-label={REPORTS_TEXT.officer}
        value={officerId ?? ''}
        data={[
          { value: '', label: REPORTS_TEXT.everyOfficer },
          ...officers.map((officer) => ({ value: officer.officerId, label: officer.name })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ ...narrowed, officerId: value === '' ? null : value })}
      />
      <NativeSelect
        aria-label={REPORTS_TEXT.session}
        value={cashSessionId ?? ''}
        data={[{ value: '', label: REPORTS_TEXT.everySession }, ...sessions]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...narrowed, cashSessionId: value === '' ? null : value })
        }
      />
    </>
  );
}
