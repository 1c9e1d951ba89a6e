import { type ReactNode, useState } from 'react';
import type { EntryChoice } from '../../../contract/views-reports.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import type { OutputFor } from '../../app/client.ts';
import { count, dateTime, money } from '../../text/format.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Reports.module.css';

type Entry = OutputFor<'reports.entries'>['entries'][number];

const MOST = 500;
const ROW_REM = 2.25;
const COLUMNS = '4rem 7rem minmax(0, 1fr) minmax(0, 1fr) 9rem';

/** The entries behind a figure; Enter leads to the sale in Riwayat. */
export function EntriesSheet({
  reportId,
  choice,
  onClose,
}: Readonly<{ reportId: string; choice: EntryChoice; onClose: () => void }>): ReactNode {
  const { go } = useNavigation();
  const reading = useProcedure('reports.entries', { reportId, choice, offset: 0, limit: MOST });
  const [chosen, setChosen] = useState<number | undefined>();
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const { value, refusal } = reading;
  const open = ({ transactionId }: Entry): void => {
    if (transactionId !== null) go({ screen: 'history', transactionId });
  };
  return (
    <Sheet title={REPORTS_TEXT.entries} width="60rem" closeLabel={REPORTS_TEXT.close} onClose={onClose}>
      <div className={styles['entries']}>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        {value === undefined ? null : (
          <>
            <FactList
              facts={[
                [REPORTS_TEXT.entriesOf(value.count), money(value.sum)],
                ...(value.count > value.entries.length
                  ? [[REPORTS_TEXT.entriesMore(value.entries.length), ''] as const]
                  : []),
              ]}
            />
            <VirtualList<Entry>
              label={REPORTS_TEXT.entries}
              rows={value.entries}
              keyOf={({ seq }) => String(seq)}
              rowRem={ROW_REM}
              columns={COLUMNS}
              selected={String(chosen ?? value.entries[0]?.seq)}
              onSelect={({ seq }) => setChosen(seq)}
              onOpen={open}
              autoFocus
              empty={<EmptyState text={REPORTS_TEXT.noEntries} />}
              render={({ seq, recordedAt, label, number, officer, amount }) => (
                <>
                  <span className={styles['cell']} data-figure>
                    {count(seq)}
                  </span>
                  <span className={styles['cell']}>{dateTime(recordedAt)}</span>
                  <span className={styles['cell']} title={label}>
                    {label}
                  </span>
                  <span className={styles['cell']} title={number ?? officer ?? ''}>
                    {number ?? officer ?? ''}
                  </span>
                  <span className={styles['cell']} data-figure>
                    {money(amount)}
                  </span>
                </>
              )}
            />
          </>
        )}
      </div>
      <div className={styles['actions']}>
        <span className={styles['dim']}>{REPORTS_TEXT.openHistory}</span>
        <KeyButton action="back" label={REPORTS_TEXT.close} onPress={onClose} level={LAYER.question} />
      </div>
    </Sheet>
  );
}
