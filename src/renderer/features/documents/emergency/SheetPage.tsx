import { NativeSelect } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { EmergencySheetView } from '../../../../contract/views-emergency.ts';
import { useCapture } from '../../../app/capture-request.tsx';
import type { OutputFor } from '../../../app/client.ts';
import { useAction, useProcedure } from '../../../app/queries.tsx';
import { useCounter } from '../../../app/status.tsx';
import { EMERGENCY_TEXT, figureSentence } from '../../../text/emergency-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { day, money, sheetNumber, time } from '../../../text/format.ts';
import { FactList } from '../../../ui/FactList.tsx';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { LAYER } from '../../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { isPin } from '../../../ui/pin-digits.ts';
import { PinField } from '../../../ui/PinField.tsx';
import { Plate } from '../../../ui/Plate.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import styles from './Emergency.module.css';

/** The kind of page under which the photo of the paper is kept. */
const PAGE_KIND = 'emergency-receipt';

function OnPaper({ sheet }: Readonly<{ sheet: EmergencySheetView }>): ReactNode {
  return (
    <Pane title={EMERGENCY_TEXT.onPaper} aside={EMERGENCY_TEXT.photos(sheet.photos)}>
      <div>
        <Plate nrkb={sheet.nrkb} size="card" />
      </div>
      <p className={styles['sum']}>{money(sheet.amount)}</p>
      <FactList
        facts={[
          [EMERGENCY_TEXT.number, sheetNumber(sheet.bookNumber)],
          [EMERGENCY_TEXT.columns.paper, `${day(sheet.paperOn)} ${time(sheet.paperAt)}`],
          [EMERGENCY_TEXT.tail, sheet.chassisTail],
          [EMERGENCY_TEXT.payer, sheet.payerName],
          ...(sheet.noPhotoReason === null ? [] : [[EMERGENCY_TEXT.withoutPhoto, sheet.noPhotoReason] as const]),
        ]}
      />
    </Pane>
  );
}

/** What a person should look at twice; never a reason to refuse the cash. */
function warningsOf({ vehicle, chassisAgrees, paidHere }: EmergencySheetView): readonly string[] {
  return [
    ...(vehicle === null ? [EMERGENCY_TEXT.unknownVehicle] : []),
    ...(chassisAgrees === false ? [EMERGENCY_TEXT.tailDiffers] : []),
    ...(paidHere === null ? [] : [EMERGENCY_TEXT.paidHere(paidHere.receiptNumber, day(paidHere.paidOn))]),
  ];
}

function ByRules({ sheet }: Readonly<{ sheet: EmergencySheetView }>): ReactNode {
  const { vehicle, asked, figure } = sheet;
  return (
    <Pane title={EMERGENCY_TEXT.byRules}>
      <FactList
        facts={[
          [EMERGENCY_TEXT.asked, asked === null ? EMERGENCY_TEXT.noFigure : money(asked)],
          ...(vehicle === null
            ? []
            : [
                [EMERGENCY_TEXT.vehicle, `${vehicle.make} ${vehicle.model}`] as const,
                [EMERGENCY_TEXT.owner, vehicle.maskedOwner] as const,
              ]),
        ]}
      />
      <p className={figure === 'agrees' ? styles['note'] : styles['differs']}>{figureSentence(sheet)}</p>
      {warningsOf(sheet).map((warning) => (
        <p key={warning} className={styles['gap']} role="alert">
          <IconAlertTriangle size="1.25rem" aria-hidden />
          <span>{warning}</span>
        </p>
      ))}
    </Pane>
  );
}

type SecondProps = Readonly<{
  sheet: EmergencySheetView;
  typed: Readonly<{ officerId: string; pin: string }>;
  onTyped: (typed: Readonly<{ officerId: string; pin: string }>) => void;
}>;

/** Another person than the one who typed it, by his own PIN. */
function SecondPerson({ sheet, typed, onTyped }: SecondProps): ReactNode {
  const officers = useProcedure('sign-in.officers', {}).value;
  const who = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    who.current?.focus();
  }, []);
  const others = (officers ?? []).filter(
    ({ officerId, role }) => officerId !== sheet.enteredBy && (role === 'officer' || role === 'supervisor'),
  );
  return (
    <Pane title={EMERGENCY_TEXT.second}>
      <p className={styles['note']}>{EMERGENCY_TEXT.secondWhy(sheet.enteredName)}</p>
      {officers !== undefined && others.length === 0 ? (
        <p className={styles['differs']}>{EMERGENCY_TEXT.nobody}</p>
      ) : (
        <div className={styles['fields']}>
          <NativeSelect
            ref={who}
            label={EMERGENCY_TEXT.secondWho}
            value={typed.officerId}
            data={[
              { value: '', label: '', disabled: true },
              ...others.map(({ officerId, name }) => ({ value: officerId, label: name })),
            ]}
            onChange={(event) => onTyped({ ...typed, officerId: event.currentTarget.value })}
          />
          <PinField label={EMERGENCY_TEXT.pin} value={typed.pin} onPin={(pin) => onTyped({ ...typed, pin })} />
        </div>
      )}
    </Pane>
  );
}

type DiscardProps = Readonly<{ sheet: EmergencySheetView; onClose: () => void; onDiscarded: () => void }>;

function DiscardSheet({ sheet, onClose, onDiscarded }: DiscardProps): ReactNode {
  const discard = useAction('emergency.discard');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (): Promise<void> => {
    const answer = await discard.run({ transactionId: sheet.transactionId });
    if (answer === undefined) return;
    if (answer.ok) onDiscarded();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const title = EMERGENCY_TEXT.discardTitle(sheet.bookNumber);
  return (
    <Sheet title={title} width="36rem" closeLabel={EMERGENCY_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{EMERGENCY_TEXT.discardWhy(sheet.amount)}</p>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <div className={styles['actions']}>
          <KeyButton action="back" label={EMERGENCY_TEXT.cancel} onPress={onClose} level={LAYER.question} />
          <KeyButton
            action="primary"
            primary
            danger
            label={EMERGENCY_TEXT.discard}
            onPress={() => void submit()}
            busy={discard.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}

type SheetPageProps = Readonly<{
  transactionId: string;
  onEdit: (sheet: EmergencySheetView) => void;
  onConfirmed: (sale: OutputFor<'emergency.confirm'>) => void;
  onClose: () => void;
}>;

/** One open sheet: the paper beside the rules of its day, its photo, and the second person. */
export function SheetPage({ transactionId, onEdit, onConfirmed, onClose }: SheetPageProps): ReactNode {
  const { signIn } = useCounter();
  const { open } = useCapture();
  const reading = useProcedure('emergency.sheet', { transactionId });
  const confirm = useAction('emergency.confirm');
  const [typed, setTyped] = useState({ officerId: '', pin: '' });
  const [discarding, setDiscarding] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const sheet = reading.value;
  const own = sheet?.enteredBy === signIn.officerId;
  const ready = typed.officerId !== '' && isPin(typed.pin);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await confirm.run({ transactionId, confirmer: typed });
    if (answer === undefined) return;
    setTyped({ ...typed, pin: '' });
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onConfirmed(answer.value);
  };
  const photo = (photos: number): void =>
    open({ stream: transactionId, kind: PAGE_KIND, label: EMERGENCY_TEXT.tab, open: photos === 0 ? 'take' : 'pages' });
  return (
    <div className={styles['whole']}>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {sheet === undefined ? null : (
        <div className={styles['page']}>
          <OnPaper sheet={sheet} />
          <div className={styles['beside']}>
            <ByRules sheet={sheet} />
            <SecondPerson sheet={sheet} typed={typed} onTyped={setTyped} />
            {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
          </div>
        </div>
      )}
      <div className={styles['actions']}>
        <KeyButton action="back" label={EMERGENCY_TEXT.cancel} onPress={onClose} />
        {sheet === undefined ? null : (
          <>
            {own ? (
              <>
                <KeyButton action="quote" label={EMERGENCY_TEXT.discard} onPress={() => setDiscarding(true)} />
                <KeyButton action="plate" label={EMERGENCY_TEXT.edit} onPress={() => onEdit(sheet)} />
              </>
            ) : null}
            <KeyButton
              action="documents"
              label={EMERGENCY_TEXT.photo(sheet.photos)}
              onPress={() => photo(sheet.photos)}
            />
            <KeyButton
              action="primary"
              primary
              label={EMERGENCY_TEXT.confirm}
              onPress={() => void submit()}
              disabled={!ready}
              busy={confirm.busy}
            />
          </>
        )}
      </div>
      {discarding && sheet !== undefined ? (
        <DiscardSheet sheet={sheet} onClose={() => setDiscarding(false)} onDiscarded={onClose} />
      ) : null}
    </div>
  );
}
