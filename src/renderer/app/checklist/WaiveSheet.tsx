import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApprovalProof } from '../../../contract/approval-proof.ts';
import type { ChecklistLine } from '../../../contract/views-documents.ts';
import { CHECKLIST_TEXT } from '../../text/checklist-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { ApprovalPart } from '../ApprovalPart.tsx';
import { useApproval } from '../use-approval.ts';
import styles from './Checklist.module.css';

/** Lets a missing paper pass; answers why not, or nothing. */
export type Waive = (
  kind: string,
  reason: string,
  approval: ApprovalProof | null,
) => Promise<ScreenRefusal | undefined>;

type WaiveSheetProps = Readonly<{
  /** The sale or application. */
  stream: string;
  label: string;
  line: Pick<ChecklistLine, 'kind' | 'waiver'>;
  waive: Waive;
  onClose: () => void;
}>;

const SHORTEST_REASON = 3;

/** Tiadakan: why a paper that is asked for is not there, and who allows it. */
export function WaiveSheet({ stream, label, line, waive, onClose }: WaiveSheetProps): ReactNode {
  const [chosen, setChosen] = useState(CHECKLIST_TEXT.reasons[0] ?? '');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const bySupervisor = line.waiver === 'supervisor' || refusal?.code === 'WAIVER_NEEDS_SUPERVISOR';
  const reason = typed.trim() === '' ? chosen : typed.trim();
  const { kind } = line;
  const hasReason = reason.length >= SHORTEST_REASON;
  const asked = { action: 'waiver', subject: stream, amount: 0, content: { kind, reason } } as const;
  const approving = useApproval(hasReason ? asked : null);
  const { proof } = approving;
  const ready = hasReason && (!bySupervisor || proof !== null);
  const submit = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    const refused = await waive(kind, reason, bySupervisor ? proof : null);
    setBusy(false);
    setRefusal(refused);
    approving.forget();
    if (refused === undefined) onClose();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CHECKLIST_TEXT.waiveTitle(label)} width="36rem" closeLabel={CHECKLIST_TEXT.cancel} onClose={onClose}>
      <div
        className={styles['waive']}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat || event.ctrlKey || event.target instanceof HTMLButtonElement)
            return;
          event.preventDefault();
          void submit();
        }}
      >
        <p>{CHECKLIST_TEXT.waiveWhy}</p>
        <Radio.Group label={CHECKLIST_TEXT.reason} value={chosen} onChange={setChosen}>
          <div className={styles['reasons']}>
            {CHECKLIST_TEXT.reasons.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={each}
                color="opop"
                disabled={typed.trim() !== ''}
                data-autofocus={index === 0 ? true : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label={CHECKLIST_TEXT.otherReason}
          value={typed}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {bySupervisor ? (
          <>
            <p className={styles['note']}>{CHECKLIST_TEXT.waiveNeedsSupervisor}</p>
            <ApprovalPart approving={approving} />
          </>
        ) : null}
        <SheetFoot
          cancelLabel={CHECKLIST_TEXT.cancel}
          submitLabel={CHECKLIST_TEXT.submit}
          ready={ready}
          busy={busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
