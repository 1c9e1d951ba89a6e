import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EntryChoice, ReportSheet } from '../../../contract/views-reports.ts';
import { useClient } from '../../app/queries.tsx';
import { count, dateTime } from '../../text/format.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { EntriesSheet } from './EntriesSheet.tsx';
import { ReportChartView } from './ReportChartView.tsx';
import { ReportTable } from './ReportTable.tsx';
import { cellText } from './report-cells.ts';
import styles from './Reports.module.css';

/** Where the figures come from: on the screen as on every paper. */
function Source({ source }: Readonly<{ source: ReportSheet['source'] }>): ReactNode {
  const { fromSeq, toSeq, headSeq, head, madeAt, timeTrust } = source;
  const range =
    fromSeq === null || toSeq === null
      ? REPORTS_TEXT.madeFromNothing(headSeq)
      : REPORTS_TEXT.madeFrom(fromSeq, toSeq, headSeq);
  const words = [
    range,
    ...(head === null ? [] : [head.slice(0, 8)]),
    REPORTS_TEXT.madeAt(dateTime(madeAt)),
    ...(timeTrust === 'suspect' ? [REPORTS_TEXT.suspectTime] : []),
  ];
  return <span className={styles['dim']}>{words.join(' · ')}</span>;
}

/** One report: its words, a chart where it has one, its tables with their totals. */
export function ReportBody({ report }: Readonly<{ report: ReportSheet }>): ReactNode {
  const client = useClient();
  const [at, setAt] = useState(0);
  const [selected, setSelected] = useState(0);
  const [choice, setChoice] = useState<EntryChoice | undefined>();
  const { sections, chart, source, lines, reportId } = report;
  const section = sections[at];
  const facts = (section?.facts ?? []).map((fact) => [fact.label, cellText(fact, fact.value)] as const);
  const open = async (index: number): Promise<void> => {
    const offset = index;
    const given = section?.rows[index];
    const answer =
      given === undefined ? await client.query('reports.rows', { reportId, section: at, offset, limit: 1 }) : undefined;
    const row = given ?? (answer?.ok === true ? answer.value.rows[0] : undefined);
    if (row !== undefined && row.choice !== null) setChoice(row.choice);
  };
  return (
    <Pane
      title={section?.title ?? report.title}
      fill
      aside={
        <>
          {sections.length < 2 ? null : (
            <NativeSelect
              aria-label={REPORTS_TEXT.part}
              size="xs"
              value={String(at)}
              data={sections.map(({ title }, index) => ({ value: String(index), label: title }))}
              onChange={(event) => {
                setAt(Number(event.currentTarget.value));
                setSelected(0);
              }}
            />
          )}
          <span className={styles['dim']}>{REPORTS_TEXT.rows(section?.rowCount ?? 0)}</span>
        </>
      }
    >
      <p className={styles['lines']}>{lines.join(' · ')}</p>
      {chart === null || chart.points.length === 0 || at > 0 ? null : <ReportChartView chart={chart} />}
      {section === undefined ? (
        <EmptyState text={REPORTS_TEXT.empty} />
      ) : (
        <ReportTable
          key={`${reportId}/${count(at)}`}
          report={report}
          at={at}
          selected={selected}
          onSelect={setSelected}
          onOpen={(index) => void open(index)}
        />
      )}
      {facts.length === 0 ? null : (
        <dl className={styles['facts']}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles['source']}>
        <Source source={source} />
        <span className={styles['dim']}>{REPORTS_TEXT.rowHint}</span>
      </p>
      {choice === undefined ? null : (
        <EntriesSheet reportId={reportId} choice={choice} onClose={() => setChoice(undefined)} />
      )}
    </Pane>
  );
}
