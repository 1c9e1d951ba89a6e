import { Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { InspectedView } from '../../../contract/api-inspection.ts';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import type { OfficerCard } from '../../../contract/views-counter.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { INSPECTION_TEXT } from '../../text/inspection-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { isPin } from '../../ui/pin-digits.ts';
import { PinField } from '../../ui/PinField.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';
import { CountQuestion, isCountQuestion } from './CountQuestion.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, isTyped, NO_COUNTS } from './denominations.ts';
import { Inspected } from './Inspected.tsx';

type InspectionProps = Readonly<{ session: CashSessionView; onBack: () => void }>;
type Place = 'drawer' | 'safe';

/** Who may sign: a supervisor at his own sign-in himself, else everyone of this outlet. */
function supervisorsOf(officers: readonly OfficerCard[], signedIn: string): readonly OfficerCard[] {
  const supervisors = officers.filter((one) => one.role === 'supervisor');
  const self = supervisors.filter(({ officerId }) => officerId === signedIn);
  return self.length > 0 ? self : supervisors;
}

type SupervisorSignsProps = Readonly<{
  supervisors: readonly OfficerCard[];
  supervisor: OfficerCard | undefined;
  isKnown: boolean;
  pin: string;
  pinField: RefObject<HTMLInputElement | null>;
  onChoose: (officerId: string) => void;
  onPin: (pin: string) => void;
}>;

/** Which supervisor, and his PIN. */
function SupervisorSigns(props: SupervisorSignsProps): ReactNode {
  const { supervisors, supervisor, isKnown, pin, pinField, onChoose, onPin } = props;
  if (supervisors.length === 0) return isKnown ? <p>{INSPECTION_TEXT.noSupervisor}</p> : null;
  return (
    <>
      {supervisors.length > 1 ? (
        <NativeSelect
          size="lg"
          label={INSPECTION_TEXT.supervisor}
          value={supervisor?.officerId ?? ''}
          data={[
            { value: '', label: INSPECTION_TEXT.chooseSupervisor, disabled: true },
            ...supervisors.map((one) => ({ value: one.officerId, label: one.name })),
          ]}
          onChange={(event) => onChoose(event.currentTarget.value)}
        />
      ) : null}
      {supervisor === undefined ? null : (
        <PinField
          ref={pinField}
          size="lg"
          label={`${INSPECTION_TEXT.pin}, ${supervisor.name}`}
          value={pin}
          onPin={onPin}
        />
      )}
    </>
  );
}

/** Pemeriksaan kas mendadak: a blind count by a supervisor's PIN on one page, then what the ledger says. */
export function Inspection({ session, onBack }: InspectionProps): ReactNode {
  const { signIn } = useCounter();
  const officers = useProcedure('sign-in.officers', {});
  const inspect = useAction('cash-inspection.count');
  const [inspectionId] = useState(() => crypto.randomUUID());
  const [counts, setCounts] = useState<Readonly<Record<Place, Counts>>>({ drawer: NO_COUNTS, safe: NO_COUNTS });
  const [place, setPlace] = useState<Place>('drawer');
  const [withSafe, setWithSafe] = useState(false);
  const [chosen, setChosen] = useState('');
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [inspected, setInspected] = useState<InspectedView | undefined>();
  const pinField = useRef<HTMLInputElement>(null);
  useKeys({ back: { run: onBack } });
  if (inspected !== undefined) return <Inspected inspected={inspected} onBack={onBack} />;

  const supervisors = supervisorsOf(officers.value ?? [], signIn.officerId);
  const supervisor = supervisors.length === 1 ? supervisors[0] : supervisors.find((one) => one.officerId === chosen);
  const ready = isTyped(counts.drawer) && (!withSafe || isTyped(counts.safe)) && supervisor !== undefined && isPin(pin);
  const submit = async (sure: boolean): Promise<void> => {
    if (!ready) return;
    const answer = await inspect.run({
      inspectionId,
      cashSessionId: session.cashSessionId,
      counts: countedLines(counts.drawer),
      safeCounts: withSafe ? countedLines(counts.safe) : null,
      sure,
      supervisor: { officerId: supervisor.officerId, pin },
    });
    if (answer === undefined) return;
    if (answer.ok) {
      setInspected(answer.value);
      return;
    }
    setRefusal(answer.error);
    // A question about the count leaves the signature as it is; every other refusal asks for it again.
    if (!isCountQuestion(answer.error)) setPin('');
  };
  const question = refusal !== undefined && isCountQuestion(refusal) ? refusal : undefined;
  const onCounted = (): void => {
    if (withSafe && place === 'drawer') setPlace('safe');
    else pinField.current?.focus();
  };
  return (
    <Screen
      title={INSPECTION_TEXT.title}
      primary={
        <KeyButton
          action="primary"
          primary
          label={INSPECTION_TEXT.save}
          onPress={() => void submit(false)}
          disabled={!ready}
          busy={inspect.busy}
        />
      }
    >
      <Pane title={place === 'drawer' ? INSPECTION_TEXT.of(session.officerName) : INSPECTION_TEXT.places.safe} fill>
        <p>{place === 'drawer' ? INSPECTION_TEXT.why : INSPECTION_TEXT.safeWhy}</p>
        <DenominationCount
          key={place}
          counts={counts[place]}
          totalLabel={place === 'drawer' ? INSPECTION_TEXT.drawerTotal : INSPECTION_TEXT.safeTotal}
          note={isTyped(counts[place]) ? '' : CASH_TEXT.nothingTyped}
          onChange={(next) => setCounts({ ...counts, [place]: next })}
          onDone={onCounted}
        />
      </Pane>
      <div className={styles['side']}>
        <Pane title={INSPECTION_TEXT.sign} fill>
          <Checkbox
            label={INSPECTION_TEXT.withSafe}
            checked={withSafe}
            onChange={(event) => {
              setWithSafe(event.currentTarget.checked);
              setPlace('drawer');
            }}
          />
          {withSafe ? (
            <SegmentedControl
              aria-label={INSPECTION_TEXT.place}
              value={place}
              data={[
                { value: 'drawer', label: INSPECTION_TEXT.places.drawer },
                { value: 'safe', label: INSPECTION_TEXT.places.safe },
              ]}
              onChange={setPlace}
            />
          ) : null}
          <SupervisorSigns
            supervisors={supervisors}
            supervisor={supervisor}
            isKnown={officers.value !== undefined}
            pin={pin}
            pinField={pinField}
            onChoose={setChosen}
            onPin={setPin}
          />
          <p className={styles['later']}>{INSPECTION_TEXT.saveHint}</p>
          {refusal === undefined || question !== undefined ? null : <RefusalCard refusal={refusal} />}
        </Pane>
      </div>
      {question === undefined ? null : (
        <CountQuestion
          question={question}
          busy={inspect.busy}
          onSure={() => void submit(true)}
          onBack={() => setRefusal(undefined)}
        />
      )}
    </Screen>
  );
}
