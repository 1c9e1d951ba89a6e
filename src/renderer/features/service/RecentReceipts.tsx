import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RECEIPT_ROW_REM, ReceiptRow } from '../../ui/ReceiptRow.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Service.module.css';
import { Sheet } from '../../ui/Sheet.tsx';

const SHOWN = 5;
type Receipt = OutputFor<'counter.today'>['lastReceipts'][number];

/** The last five receipts with their marks; Enter opens one in Riwayat. */
export function RecentReceipts({ autoFocus = false }: Readonly<{ autoFocus?: boolean }>): ReactNode {
  const { go } = useNavigation();
  const today = useProcedure('counter.today', {});
  const rows = (today.value?.lastReceipts ?? []).slice(0, SHOWN);
  const [selected, setSelected] = useState<string | undefined>();
  return (
    <VirtualList<Receipt>
      label={SERVICE_TEXT.lastReceipts}
      rows={rows}
      keyOf={(row) => row.transactionId}
      rowRem={RECEIPT_ROW_REM}
      columns="minmax(0, 1fr)"
      selected={selected ?? (autoFocus ? rows[0]?.transactionId : undefined)}
      onSelect={(row) => setSelected(row.transactionId)}
      onOpen={(row) => go({ screen: 'history', transactionId: row.transactionId })}
      autoFocus={autoFocus}
      empty={today.value === undefined ? null : <EmptyState text={SERVICE_TEXT.lastReceiptsNone} />}
      render={(row) => (
        <ReceiptRow nrkb={row.nrkb} receiptNumber={row.receiptNumber} amount={row.payable} axes={row.axes} />
      )}
    />
  );
}

/** F7 while a service is open: the same five, above it. */
export function RecentSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  useKeys({ back: { run: onClose }, recent: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={SERVICE_TEXT.lastReceipts} width="44rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <div className={styles['recentSheet']}>
        <RecentReceipts autoFocus />
      </div>
    </Sheet>
  );
}
