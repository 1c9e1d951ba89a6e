import type { ReactNode } from 'react';
import type { StatusView } from '../../../contract/views-counter.ts';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { count, money } from '../../text/format.ts';
import { ENROLMENT_TEXT } from '../../text/sign-in-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import styles from './Enrolment.module.css';

/** What this computer has become, the policy that it works under, and what the installer does next. */
export function Enrolled({ status, onDone }: Readonly<{ status: StatusView; onDone: () => void }>): ReactNode {
  const { outlet, deviceNo, line, rules, registry, offlineCash, cash } = status;
  const hasRules = rules.packId !== null;
  return (
    <main className={styles['page']}>
      <div className={styles['form']}>
        <strong>{FRAME_TEXT.product}</strong>
        <h1>{WIZARD_TEXT.doneTitle}</h1>
        <FactList
          facts={[
            [WIZARD_TEXT.outlet, outlet === null ? '' : `${outlet.name}, ${outlet.regencyName} (${outlet.outletId})`],
            [WIZARD_TEXT.device, deviceNo === null ? '' : String(deviceNo)],
            [ENROLMENT_TEXT.url, line.provinceUrl ?? WIZARD_TEXT.offline],
            [WIZARD_TEXT.offlineCash, hasRules ? WIZARD_TEXT.offlineCashWords[offlineCash] : WIZARD_TEXT.noPolicy],
            [WIZARD_TEXT.limit, cash.drawer.limit === null ? WIZARD_TEXT.noPolicy : money(cash.drawer.limit)],
            [WIZARD_TEXT.vehicles, count(registry.vehicles)],
          ]}
        />
        <strong>{WIZARD_TEXT.next}</strong>
        <ol className={styles['how']}>
          {WIZARD_TEXT.nextSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <KeyButton action="primary" label={WIZARD_TEXT.goOn} onPress={onDone} primary wide />
      </div>
    </main>
  );
}
