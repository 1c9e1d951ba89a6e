import type { ReactNode } from 'react';
import type { Axes } from '../../contract/views-transaction.ts';
import type { VehicleCard } from '../../contract/views-vehicle.ts';
import { money } from '../text/format.ts';
import { AxisMarks } from './AxisMarks.tsx';
import { Plate } from './Plate.tsx';
import styles from './ReceiptRow.module.css';

type ReceiptRowProps = Readonly<{
  nrkb: string;
  plateColour?: VehicleCard['plateColour'] | undefined;
  receiptNumber: string;
  amount: number;
  axes: Axes;
  /** What else stands beside the number, such as the time. */
  note?: string;
}>;

/** Height of the row in rem, for lists that are drawn in part. */
export const RECEIPT_ROW_REM = 5.5;

/** A receipt in three lines: plate and amount, number and what Bapenda says, marks. */
export function ReceiptRow({ nrkb, plateColour, receiptNumber, amount, axes, note }: ReceiptRowProps): ReactNode {
  return (
    <span className={styles['row']}>
      <span className={styles['line']}>
        <Plate nrkb={nrkb} colour={plateColour} />
        <span className={styles['note']}>{note ?? ''}</span>
        <strong className={styles['amount']}>{money(amount)}</strong>
      </span>
      <span className={styles['line']}>
        <span>{receiptNumber}</span>
        <AxisMarks axes={axes} only={['central']} />
      </span>
      <AxisMarks axes={axes} only={['business', 'print', 'delivery']} />
    </span>
  );
}
