import type { ReactNode } from 'react';
import type { AmountView, ChargeLineView } from '../../../contract/views-vehicle.ts';
import { explanationSentences } from '../../../contract/explanation-words.ts';
import { WHY_TEXT } from '../../text/explanation-text.ts';
import { day, money } from '../../text/format.ts';
import { COMPONENT_TEXT } from '../../text/vehicle-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { PrintWhy } from '../../app/PrintWhy.tsx';
import styles from './WhySheet.module.css';
import { Sheet } from '../../ui/Sheet.tsx';

function Reason({ line }: Readonly<{ line: ChargeLineView }>): ReactNode {
  return (
    <li className={styles['reason']}>
      <h3>
        {COMPONENT_TEXT[line.component]}
        <span>{money(line.amount)}</span>
      </h3>
      <p
        className={styles['dim']}
      >{`${WHY_TEXT.period} ${day(line.periodDueOn)} · ${WHY_TEXT.beneficiary} ${line.beneficiary.name}`}</p>
      <ul className={styles['sentences']}>
        {explanationSentences(line).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {line.waived === 0 ? null : <li>{`${WHY_TEXT.waived} ${money(line.waived)}.`}</li>}
      </ul>
      <p className={styles['dim']}>{`${WHY_TEXT.basis}: ${line.basis} (${WHY_TEXT.rule} ${line.rule})`}</p>
    </li>
  );
}

/** F6: a reason for every rupiah, in the order of the lines. */
export function WhySheet({
  amount,
  transactionId,
  onClose,
}: Readonly<{ amount: AmountView; transactionId: string | undefined; onClose: () => void }>): ReactNode {
  useKeys({ back: { run: onClose }, why: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={WHY_TEXT.title} width="60rem" closeLabel={WHY_TEXT.close} onClose={onClose}>
      {transactionId === undefined ? null : <PrintWhy transactionId={transactionId} onSheet />}
      <ul className={styles['reasons']}>
        {amount.lines.map((line) => (
          <Reason key={`${line.component}-${line.periodDueOn}`} line={line} />
        ))}
      </ul>
      <p className={styles['shares']}>
        {`${WHY_TEXT.recipients}: ${amount.byBeneficiary.map((share) => `${share.name} ${money(share.amount)}`).join(' · ')}`}
      </p>
    </Sheet>
  );
}
