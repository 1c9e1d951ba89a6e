import type { ReactNode } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { Checklist } from '../../app/checklist/Checklist.tsx';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Service.module.css';
import { stepAfter } from './service-steps.ts';
import type { ServiceFlow } from './service-flow.ts';

function Papers({ flow, draft }: Readonly<{ flow: ServiceFlow; draft: DraftView }>): ReactNode {
  return (
    <Checklist
      stream={draft.transactionId}
      lines={draft.documents}
      financed={draft.financed}
      onTicks={(from) =>
        void flow.change('transactions.set-documents', (now) => ({
          transactionId: now.transactionId,
          documents: from(now.documents),
        }))
      }
      onFinanced={(financed) =>
        void flow.change('transactions.set-financed', ({ transactionId }) => ({ transactionId, financed }))
      }
      waive={flow.waive}
      onDone={() => flow.want(stepAfter('documents', draft))}
      onWanted={() => flow.want('documents')}
    />
  );
}

/** Step 2: the papers that were seen. */
export function DocumentsPane({ flow, current }: Readonly<{ flow: ServiceFlow; current: boolean }>): ReactNode {
  const { draft } = flow;
  return (
    <Pane title={SERVICE_TEXT.documents} step={2} current={current} aside={<KeyCap action="documents" />} fill>
      {draft === undefined || draft.identity === null ? (
        <p className={styles['dim']}>
          {draft === undefined ? SERVICE_TEXT.waitingForVehicle : SERVICE_TEXT.waitingForTail}
        </p>
      ) : (
        <Papers flow={flow} draft={draft} />
      )}
    </Pane>
  );
}
