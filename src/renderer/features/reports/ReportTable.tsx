import { type CSSProperties, type ReactNode, useMemo } from 'react';
import type { ReportRow, ReportSheet } from '../../../contract/views-reports.ts';
import { useProcedure } from '../../app/queries.tsx';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { cellText, isFigure, tableShape } from './report-cells.ts';
import styles from './Reports.module.css';

type Section = ReportSheet['sections'][number];

const ROW_REM = 1.875;
/** Rows that are asked for at once. */
const PAGE = 200;

type RowProps = Readonly<{ reportId: string; at: number; section: Section; index: number }>;

/** A row: the first ones came with the report, the others come by the page, once for all rows of the page. */
function useRow({ reportId, at, section, index }: RowProps): ReportRow | undefined {
  const offset = Math.floor(index / PAGE) * PAGE;
  const given = section.rows[index];
  const page = useProcedure(
    'reports.rows',
    { reportId, section: at, offset, limit: PAGE },
    { enabled: given === undefined },
  );
  return given ?? page.value?.rows[index - offset];
}

function Cells({ section, cells }: Readonly<{ section: Section; cells: ReportRow['cells'] }>): ReactNode {
  return section.columns.map((column, at) => {
    const text = cellText(column, cells[at] ?? null);
    return (
      <span key={column.key} className={styles['cell']} data-figure={isFigure(column)} title={text}>
        {text}
      </span>
    );
  });
}

function Row(props: RowProps): ReactNode {
  const row = useRow(props);
  if (row === undefined) return <span className={styles['cell']}>…</span>;
  return (
    <div className={styles['row']} data-look={row.look ?? 'plain'}>
      <Cells section={props.section} cells={row.cells} />
    </div>
  );
}

/** A table of a report: any number of rows, the totals always in sight. */
export function ReportTable({
  report,
  at,
  selected,
  onSelect,
  onOpen,
}: Readonly<{
  report: ReportSheet;
  at: number;
  selected: number;
  onSelect: (index: number) => void;
  onOpen: (index: number) => void;
}>): ReactNode {
  const section = report.sections[at];
  const indexes = useMemo(
    () => Array.from({ length: section?.rowCount ?? 0 }, (_, index) => index),
    [section?.rowCount],
  );
  if (section === undefined) return <EmptyState text={REPORTS_TEXT.empty} />;
  const { columns, rem } = tableShape(section.columns);
  // Head, rows and totals stand in the same columns.
  const shape: CSSProperties & Record<'--report-columns', string> = {
    minWidth: `${rem}rem`,
    '--report-columns': columns,
  };
  const totals = section.totals?.map((value, index) => (index === 0 && value === null ? REPORTS_TEXT.total : value));
  return (
    <div className={styles['sideways']}>
      <div className={styles['table']} style={shape}>
        <div className={styles['head']}>
          {section.columns.map((column) => (
            <span key={column.key} data-figure={isFigure(column)}>
              {column.label}
            </span>
          ))}
        </div>
        <VirtualList<number>
          label={section.title}
          rows={indexes}
          keyOf={String}
          rowRem={ROW_REM}
          columns="minmax(0, 1fr)"
          selected={String(selected)}
          onSelect={onSelect}
          onOpen={onOpen}
          empty={<EmptyState text={REPORTS_TEXT.empty} />}
          render={(index) => <Row reportId={report.reportId} at={at} section={section} index={index} />}
        />
        {totals === undefined ? null : (
          <div className={styles['totals']} role="group" aria-label={REPORTS_TEXT.total}>
            <Cells section={section} cells={totals} />
          </div>
        )}
      </div>
    </div>
  );
}
