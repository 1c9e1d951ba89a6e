import { Button } from '@mantine/core';
import { IconFolderOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useCapture } from '../../app/capture-request.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { CAPTURE_TEXT } from '../../text/capture-text.ts';
import { bytes, dateTime } from '../../text/format.ts';
import { SCREEN_NAMES } from '../../text/frame-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Capture.module.css';

const POLL_MS = 1500;
type Scan = OutputFor<'documents.scans'>['files'][number];

/** Why there is nothing to choose from: no folder, a folder that is gone, or simply nothing yet. */
function NoScans({ health }: Readonly<{ health: OutputFor<'documents.scans'>['health'] }>): ReactNode {
  const { go } = useNavigation();
  const { close } = useCapture();
  if (health === 'ok') return <EmptyState text={CAPTURE_TEXT.scansEmpty} />;
  return (
    <EmptyState
      icon={<IconFolderOff size="2rem" aria-hidden />}
      text={health === 'gone' ? CAPTURE_TEXT.scanGone : CAPTURE_TEXT.scanNone}
      {...(health === 'gone' ? {} : { next: CAPTURE_TEXT.scanNoneNext })}
    >
      <Button
        variant="default"
        onClick={() => {
          close();
          go({ screen: 'device' });
        }}
      >
        {SCREEN_NAMES.device}
      </Button>
    </EmptyState>
  );
}

/** Pindai: what the scanner left in its folder, newest first; asked again while the list is open. */
export function ScanPanel({ onTake }: Readonly<{ onTake: (file: string) => void }>): ReactNode {
  const reading = useProcedure('documents.scans', {}, { everyMs: POLL_MS, keepPrevious: true });
  const [selected, setSelected] = useState<string | undefined>();
  const files = reading.value?.files ?? [];
  const chosen = files.find((each) => each.file === selected) ?? files[0];
  const { scanColumns } = CAPTURE_TEXT;
  return (
    <div className={styles['column']}>
      <p className={styles['dim']}>
        {reading.value?.folder === undefined || reading.value.folder === null
          ? ''
          : CAPTURE_TEXT.scanFolder(reading.value.folder)}
      </p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <VirtualList<Scan>
        label={CAPTURE_TEXT.scans}
        rows={files}
        keyOf={(row) => row.file}
        rowRem={2.75}
        columns="minmax(0, 1fr) 8rem 9rem"
        head={[scanColumns.file, scanColumns.size, scanColumns.at]}
        selected={chosen?.file}
        onSelect={(row) => setSelected(row.file)}
        onOpen={(row) => onTake(row.file)}
        autoFocus
        empty={reading.value === undefined ? null : <NoScans health={reading.value.health} />}
        render={(row) => (
          <>
            <span className={styles['fileName']}>{row.file}</span>
            <span>{bytes(row.bytes)}</span>
            <span>{dateTime(row.at)}</span>
          </>
        )}
      />
      <div className={styles['actions']}>
        <Button
          size="lg"
          color="opop"
          disabled={chosen === undefined}
          onClick={() => {
            if (chosen !== undefined) onTake(chosen.file);
          }}
        >
          {CAPTURE_TEXT.takeScan}
        </Button>
      </div>
    </div>
  );
}
