import type { ReactNode } from 'react';
import type { InspectedView, InspectionView } from '../../../contract/api-inspection.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { money } from '../../text/format.ts';
import { INSPECTION_TEXT } from '../../text/inspection-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';

type Found = NonNullable<InspectionView['safe']>;

/** What lay in one place against what the ledger said of it. */
function FoundPlace({ title, label, found }: Readonly<{ title: string; label: string; found: Found }>): ReactNode {
  return (
    <Pane title={title} fill>
      <div className={styles['variance']} data-variance={found.variance === 0 ? 'none' : 'some'}>
        <span>{label}</span>
        <strong>{CASH_TEXT.varianceOf(found.variance)}</strong>
      </div>
      <FactList
        look="sums"
        facts={[
          [INSPECTION_TEXT.counted, money(found.counted)],
          [INSPECTION_TEXT.expected, money(found.expected)],
        ]}
      />
    </Pane>
  );
}

function nextStep(state: InspectionView['varianceState']): string | undefined {
  if (state === 'open') return INSPECTION_TEXT.becomesCase;
  return state === 'tolerated' ? INSPECTION_TEXT.tolerated : undefined;
}

/** The inspection is on the disk: only now what the ledger says, and the paper that both sign. */
export function Inspected({
  inspected,
  onBack,
}: Readonly<{ inspected: InspectedView; onBack: () => void }>): ReactNode {
  const { officerName, inspectorName, inspectionNumber, drawer, safe, varianceState, printJobId } = inspected;
  const next = nextStep(varianceState);
  return (
    <Screen
      title={INSPECTION_TEXT.done}
      primary={<KeyButton action="primary" primary label={INSPECTION_TEXT.back} onPress={onBack} />}
    >
      <FoundPlace title={INSPECTION_TEXT.places.drawer} label={INSPECTION_TEXT.drawerVariance} found={drawer} />
      {safe === null ? null : (
        <FoundPlace title={INSPECTION_TEXT.places.safe} label={INSPECTION_TEXT.safeVariance} found={safe} />
      )}
      <div className={styles['side']}>
        <Pane title={INSPECTION_TEXT.title} fill>
          <p role="status">
            <strong>{INSPECTION_TEXT.doneWhy(officerName)}</strong>
          </p>
          <FactList
            facts={[
              [INSPECTION_TEXT.number, inspectionNumber],
              [INSPECTION_TEXT.inspector, inspectorName],
              [INSPECTION_TEXT.officer, officerName],
            ]}
          />
          {next === undefined ? null : <p>{next}</p>}
          <p className={styles['later']}>
            {printJobId === null ? INSPECTION_TEXT.notPrinted : INSPECTION_TEXT.printed}
          </p>
        </Pane>
      </div>
    </Screen>
  );
}
