import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import {
  type ExportedReport,
  REPORT_FORMATS,
  type ReportFormat,
  type ReportSheet,
} from '../../../contract/views-reports.ts';
import { Exported, ExportPlaces, useExportPlaces } from '../../app/export/ExportParts.tsx';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { FORMAT_NAMES, REPORTS_TEXT } from '../../text/reports-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Reports.module.css';

const SHORTEST_REASON = 5;

function isFormat(value: string): value is ReportFormat {
  return REPORT_FORMATS.some((format) => format === value);
}

/** Which form, where to, and whether plates may be read. */
function ExportForm({
  report,
  onDone,
  onClose,
}: Readonly<{ report: ReportSheet; onDone: (exported: ExportedReport) => void; onClose: () => void }>): ReactNode {
  const { signIn } = useCounter();
  const places = useExportPlaces();
  const save = useAction('reports.export');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [chosen, setChosen] = useState<string | undefined>();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const folder = chosen ?? places[0]?.folder;
  const hasPlates = report.sections.some(({ columns }) => columns.some(({ kind }) => kind === 'plate'));
  const typed = reason.trim();
  const isReasonShort = typed !== '' && typed.length < SHORTEST_REASON;
  const submit = async (): Promise<void> => {
    if (folder === undefined) return;
    const platesReason = typed === '' ? null : typed;
    const answer = await save.run({ reportId: report.reportId, format, folder, platesReason });
    if (answer === undefined) return;
    if (answer.ok) onDone(answer.value);
    else setRefusal(answer.error);
  };
  return (
    <div className={styles['dialog']}>
      <p>{REPORTS_TEXT.exportWhy}</p>
      <Radio.Group
        label={REPORTS_TEXT.format}
        value={format}
        onChange={(value) => {
          if (isFormat(value)) setFormat(value);
        }}
      >
        {REPORT_FORMATS.map((each, at) => (
          <Radio
            key={each}
            value={each}
            label={FORMAT_NAMES[each]}
            color="opop"
            data-autofocus={at === 0 || undefined}
          />
        ))}
      </Radio.Group>
      <ExportPlaces places={places} folder={folder} onChange={setChosen} />
      {!hasPlates ? null : signIn.role === 'supervisor' ? (
        <TextInput
          label={REPORTS_TEXT.platesReason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          error={isReasonShort}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : (
        <p className={styles['dim']}>{REPORTS_TEXT.masked}</p>
      )}
      <SheetFoot
        cancelLabel={REPORTS_TEXT.cancel}
        submitLabel={REPORTS_TEXT.save}
        ready={folder !== undefined && !isReasonShort}
        busy={save.busy}
        refusal={refusal}
        onSubmit={() => void submit()}
        onClose={onClose}
      />
    </div>
  );
}

/** *Simpan berkas*: the report as a file, and where it lies. */
export function ExportReportSheet({
  report,
  onClose,
}: Readonly<{ report: ReportSheet; onClose: () => void }>): ReactNode {
  const [exported, setExported] = useState<ExportedReport | undefined>();
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={REPORTS_TEXT.exportTitle} width="40rem" closeLabel={REPORTS_TEXT.close} onClose={onClose}>
      {exported === undefined ? (
        <ExportForm report={report} onDone={setExported} onClose={onClose} />
      ) : (
        <Exported report={exported} onClose={onClose} />
      )}
    </Sheet>
  );
}
