import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OfficerCard } from '../../../contract/views-counter.ts';
import type { DoorAction } from '../../../domain/approval.ts';
import { assertNever } from '../../../domain/result.ts';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import styles from '../../app/ApprovalPart.module.css';
import { useAction } from '../../app/queries.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { APPROVAL_TEXT, DOOR_TEXT } from '../../text/approval-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import signInStyles from './SignIn.module.css';

const OFFICER_ID = /^[a-z0-9][a-z0-9-]{1,39}$/;
const PIN = /^\d{6,12}$/;
const isDoorAction = (value: string): value is DoorAction =>
  value === 'unlock-pin' || value === 'reset-pin' || value === 'substitute';

/** What was typed at the door. */
type Typed = Readonly<{ officerId: string; name: string; pin: string; again: string }>;

/** Runs the act that was chosen. */
function useDoorActs() {
  const unlock = useAction('approvals.unlock-pin');
  const reset = useAction('approvals.reset-pin');
  const substitute = useAction('approvals.substitute');
  const run = async (
    action: DoorAction,
    { officerId, name, pin }: Typed,
    approval: NonNullable<ReturnType<typeof useApproval>['proof']>,
  ) => {
    switch (action) {
      case 'unlock-pin':
        return await unlock.run({ officerId, approval });
      case 'reset-pin':
        return await reset.run({ officerId, pin, approval });
      case 'substitute':
        return await substitute.run({ officerId, name, pin, approval });
      default:
        return assertNever(action);
    }
  };
  return { run, busy: unlock.busy || reset.busy || substitute.busy };
}

type WhoStands = Pick<OfficerCard, 'officerId' | 'name' | 'role'>;

type DoorSheetProps = Readonly<{
  officer: WhoStands | undefined;
  onClose: () => void;
  onDone: (words: string) => void;
}>;

/** At the door, with a supervisor's word: an officer who locked himself out, a new PIN, or somebody of another outlet. */
function DoorSheet({ officer, onClose, onDone }: DoorSheetProps): ReactNode {
  const acts = useDoorActs();
  const [action, setAction] = useState<DoorAction>(officer === undefined ? 'substitute' : 'unlock-pin');
  const [typed, setTyped] = useState<Typed>({ officerId: '', name: '', pin: '', again: '' });
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const isOther = action === 'substitute';
  const officerId = isOther ? typed.officerId.trim() : (officer?.officerId ?? '');
  const name = isOther ? typed.name.trim() : '';
  const isWho = OFFICER_ID.test(officerId) && (!isOther || name.length >= 3);
  const approving = useApproval(isWho ? { door: action, officerId, name } : null);
  const { proof } = approving;
  const isPinWhole = action === 'unlock-pin' || (PIN.test(typed.pin) && typed.pin === typed.again);
  const ready = isWho && isPinWhole && proof !== null;
  const type = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await acts.run(action, { ...typed, officerId, name }, proof);
    if (answer === undefined) return;
    approving.forget();
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onDone(DOOR_TEXT.done[action]);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const pinField = (label: string, field: 'pin' | 'again') => (
    <PinField label={label} value={typed[field]} onPin={(pin) => type({ [field]: pin })} />
  );
  return (
    <Sheet title={DOOR_TEXT.title} width="42rem" closeLabel={APPROVAL_TEXT.close} onClose={onClose}>
      <div className={styles['part']}>
        <SegmentedControl
          aria-label={DOOR_TEXT.title}
          value={action}
          data={[
            ...(officer === undefined ? [] : [{ value: 'unlock-pin', label: DOOR_TEXT.unlock }]),
            ...(officer === undefined ? [] : [{ value: 'reset-pin', label: DOOR_TEXT.reset }]),
            { value: 'substitute', label: DOOR_TEXT.substitute },
          ]}
          onChange={(next) => {
            if (isDoorAction(next)) setAction(next);
          }}
        />
        <p className={styles['note']}>{DOOR_TEXT.how[action](officer?.name ?? '')}</p>
        {isOther ? (
          <div className={styles['two']}>
            <TextInput
              label={DOOR_TEXT.officerId}
              value={typed.officerId}
              autoComplete="off"
              onChange={(event) => type({ officerId: event.currentTarget.value.toLowerCase() })}
            />
            <TextInput
              label={DOOR_TEXT.name}
              value={typed.name}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => type({ name: event.currentTarget.value })}
            />
          </div>
        ) : null}
        {action === 'unlock-pin' ? null : (
          <div className={styles['two']}>
            {pinField(DOOR_TEXT.pin, 'pin')}
            {pinField(DOOR_TEXT.again, 'again')}
          </div>
        )}
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={APPROVAL_TEXT.close}
          submitLabel={DOOR_TEXT.submit[action]}
          ready={ready}
          busy={acts.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

/** The way in with a supervisor's word, from the list of names and from the locked screen; a supervisor has no other PIN here. */
export function AtTheDoor({
  officer,
  onDone,
}: Readonly<{ officer: WhoStands | undefined; onDone: () => void }>): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {DOOR_TEXT.open}
      </Button>
      {done === null ? null : (
        <p className={signInStyles['done']} role="status">
          {done}
        </p>
      )}
      {isOpen ? (
        <DoorSheet
          officer={officer?.role === 'supervisor' ? undefined : officer}
          onClose={() => setOpen(false)}
          onDone={(words) => {
            setOpen(false);
            setDone(words);
            onDone();
          }}
        />
      ) : null}
    </>
  );
}
