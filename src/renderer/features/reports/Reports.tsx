import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { REPORT_KINDS, type ReportKind } from '../../../contract/views-reports.ts';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { REPORT_NAMES, REPORTS_TEXT } from '../../text/reports-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ExportReportSheet } from './ExportReportSheet.tsx';
import { type Narrowed, Narrowing } from './Narrowing.tsx';
import { periodOf, type Preset, PRESETS, type TypedPeriod, wholePeriod } from './period.ts';
import { ReportBody } from './ReportBody.tsx';
import styles from './Reports.module.css';

const KIND_REM = 1.75;
const EVERYBODY: Narrowed = { cashSessionId: null, officerId: null };

function PeriodChoice({
  period,
  isWrong,
  onChange,
}: Readonly<{ period: TypedPeriod; isWrong: boolean; onChange: (period: TypedPeriod) => void }>): ReactNode {
  const { today } = useCounter().status.clock;
  const [preset, setPreset] = useState<Preset>('today');
  const typed = (next: TypedPeriod): void => {
    setPreset('free');
    onChange(next);
  };
  return (
    <>
      <SegmentedControl
        aria-label={REPORTS_TEXT.period}
        value={preset}
        onChange={(next) => {
          setPreset(next);
          onChange(periodOf(next, today, period));
        }}
        data={PRESETS.map((value) => ({ value, label: REPORTS_TEXT.presets[value] }))}
      />
      <DateField label={REPORTS_TEXT.from} value={period.from} onChange={(from) => typed({ ...period, from })} />
      <DateField
        label={REPORTS_TEXT.to}
        value={period.to}
        wrong={isWrong}
        onChange={(to) => typed({ ...period, to })}
      />
    </>
  );
}

/** Laporan: every report of the counter, from the ledger lines and the entries of its own journal, without a line. */
export function Reports(): ReactNode {
  const { status, signIn } = useCounter();
  const { today } = status.clock;
  // Whoever is looked at does not learn where he is not.
  const kinds = REPORT_KINDS.filter((each) => each !== 'signals' || signIn.role !== 'officer');
  const [kind, setKind] = useState<ReportKind>('day');
  const [typed, setTyped] = useState<TypedPeriod>({ from: today, to: today });
  const [narrowed, setNarrowed] = useState<Narrowed>(EVERYBODY);
  const [isExporting, setExporting] = useState(false);
  const whole = wholePeriod(typed);
  const isWrong = whole === undefined;
  const period = whole ?? { from: today, to: today };
  const reading = useProcedure(
    'reports.make',
    { kind, ...period, ...narrowed },
    { enabled: !isWrong, keepPrevious: true },
  );
  const report = isWrong ? undefined : reading.value;
  return (
    <Screen
      title={REPORTS_TEXT.title}
      aside={
        <>
          <Narrowing period={period} narrowed={narrowed} onChange={setNarrowed} />
          <PeriodChoice
            period={typed}
            isWrong={isWrong}
            onChange={(next) => {
              setTyped(next);
              // A session belongs to its days.
              setNarrowed({ ...narrowed, cashSessionId: null });
            }}
          />
        </>
      }
      primary={
        <KeyButton
          action="primary"
          primary
          label={REPORTS_TEXT.export}
          disabled={report === undefined || reading.stale}
          onPress={() => setExporting(true)}
        />
      }
    >
      <div className={styles['kinds']}>
        <Pane title={REPORTS_TEXT.list} fill>
          <VirtualList<ReportKind>
            label={REPORTS_TEXT.list}
            rows={kinds}
            keyOf={(each) => each}
            rowRem={KIND_REM}
            columns="minmax(0, 1fr)"
            selected={kind}
            onSelect={setKind}
            autoFocus
            empty={null}
            render={(each) => <span className={styles['cell']}>{REPORT_NAMES[each]}</span>}
          />
        </Pane>
      </div>
      <div className={styles['report']} aria-busy={reading.busy}>
        {isWrong ? <EmptyState text={REPORTS_TEXT.wrongPeriod} /> : null}
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        {report === undefined ? (
          <Waiting busy={reading.busy} label={REPORTS_TEXT.making} />
        ) : (
          <ReportBody key={`${report.kind}/${report.from}/${report.to}`} report={report} />
        )}
      </div>
      {isExporting && report !== undefined ? (
        <ExportReportSheet report={report} onClose={() => setExporting(false)} />
      ) : null}
    </Screen>
  );
}
