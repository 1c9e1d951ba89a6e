import { type ReactNode, useState } from 'react';
import type { ApprovalProof } from '../../contract/approval-proof.ts';
import { APPROVAL_TEXT, approvalWords } from '../text/approval-text.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { SheetFoot } from '../ui/SheetFoot.tsx';
import { ApprovalPart } from './ApprovalPart.tsx';
import styles from './ApprovalPart.module.css';
import { type AskedAct, useApproval } from './use-approval.ts';

type ApprovalSheetProps = Readonly<{
  title: string;
  asked: AskedAct;
  submitLabel: string;
  /** Does the act with the proof; answers why not, or nothing, and then the sheet closes. */
  submit: (proof: ApprovalProof) => Promise<ScreenRefusal | undefined>;
  onClose: () => void;
  /** Something of the act itself is not said yet. */
  incomplete?: boolean;
  /** Facts above the second person. */
  children?: ReactNode;
}>;

/** Two ways on one sheet: *PIN pengawas di sini* and *Kode jauh* (and the sealed list where neither can be had). */
export function ApprovalSheet(props: ApprovalSheetProps): ReactNode {
  const { title, asked, submitLabel, submit, onClose, children, incomplete = false } = props;
  const approving = useApproval(asked);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { proof } = approving;
  const run = async (): Promise<void> => {
    if (proof === null || busy || incomplete) return;
    setBusy(true);
    const refused = await submit(proof);
    setBusy(false);
    setRefusal(refused);
    approving.forget();
    if (refused === undefined) onClose();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={title} width="40rem" closeLabel={APPROVAL_TEXT.close} onClose={onClose}>
      <div className={styles['part']}>
        {children ?? <p>{approvalWords(asked.action, asked.amount)}</p>}
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={APPROVAL_TEXT.close}
          submitLabel={submitLabel}
          ready={proof !== null && !incomplete}
          busy={busy}
          refusal={refusal}
          onSubmit={() => void run()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
