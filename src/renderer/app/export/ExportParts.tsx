import { Radio } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExportedReport } from '../../../contract/views-reports.ts';
import { bytes } from '../../text/format.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useProcedure } from '../queries.tsx';
import styles from './Export.module.css';

const LOOK_EVERY_MS = 2000;

/** Where a file may be put: the counter's own folder first, then what is plugged in. */
export function useExportPlaces() {
  return useProcedure('reports.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
}

/** The places, one of them chosen. */
export function ExportPlaces({
  places,
  folder,
  onChange,
}: Readonly<{
  places: ReturnType<typeof useExportPlaces>;
  folder: string | undefined;
  onChange: (folder: string) => void;
}>): ReactNode {
  return (
    <Radio.Group label={REPORTS_TEXT.place} value={folder ?? ''} onChange={onChange}>
      {places.map(({ folder: path, name, freeBytes }) => (
        <Radio
          key={path}
          value={path}
          color="opop"
          label={freeBytes === null ? name : `${name}, ${REPORTS_TEXT.free(bytes(freeBytes))}`}
          description={path}
        />
      ))}
    </Radio.Group>
  );
}

/** What was written, where it lies, and its hash. */
export function Exported({ report, onClose }: Readonly<{ report: ExportedReport; onClose: () => void }>): ReactNode {
  return (
    <div className={styles['result']}>
      <IconFileCheck size="3rem" aria-hidden />
      <strong role="status">{REPORTS_TEXT.exported}</strong>
      <span className={styles['path']}>{REPORTS_TEXT.exportedFile(report.file, bytes(report.bytes))}</span>
      <span className={styles['dim']}>{REPORTS_TEXT.exportedHash(report.sha256)}</span>
      <KeyButton action="primary" primary label={REPORTS_TEXT.done} onPress={onClose} level={LAYER.question} />
    </div>
  );
}
