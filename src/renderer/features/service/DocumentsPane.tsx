import { Checkbox } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { DOCUMENT_TEXT } from '../../text/vehicle-text.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { movedIndex } from '../../ui/list-movement.ts';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Service.module.css';
import { stepAfter } from './service-steps.ts';
import type { ServiceFlow } from './use-service.ts';

type DocumentsProps = Readonly<{ flow: ServiceFlow; draft: DraftView }>;

/** The row that has the focus next, read from the page, because the list is the core's. */
function focusRow(from: HTMLElement, index: number): boolean {
  const rows = from.closest('[data-documents]')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [];
  const row = [...rows][index];
  row?.focus();
  return row !== undefined;
}

function Checklist({ flow, draft }: DocumentsProps): ReactNode {
  const { documents } = draft;
  const firstOpen = Math.max(
    0,
    documents.findIndex((document) => document.required && !document.present),
  );
  const tick = (kind: string, present: boolean): void => {
    void flow.change('transactions.set-documents', (now) => ({
      transactionId: now.transactionId,
      documents: now.documents.map((document) => ({
        kind: document.kind,
        present: document.kind === kind ? present : document.present,
      })),
    }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, index: number): void => {
    const row = event.currentTarget;
    const document = documents[index];
    if (event.key === 'Enter' && !event.ctrlKey && document !== undefined) {
      event.preventDefault();
      if (document.required && !document.present) tick(document.kind, true);
      const more = documents.findIndex((other, at) => at > index && other.required && !other.present);
      if (more < 0 || !focusRow(row, more)) flow.want(stepAfter('documents', draft));
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const moved = movedIndex(event.key, index, documents.length);
    if (moved === undefined) return;
    event.preventDefault();
    focusRow(row, moved);
  };
  return (
    <div className={styles['documents']} data-documents>
      {documents.map((document, index) => (
        <Checkbox
          key={document.kind}
          size="md"
          color="opop"
          checked={document.present}
          label={
            <span className={styles['document']}>
              {DOCUMENT_TEXT[document.kind] ?? document.label}
              <span className={styles['dim']}>{document.required ? SERVICE_TEXT.required : SERVICE_TEXT.optional}</span>
            </span>
          }
          data-step={index === firstOpen ? 'documents' : undefined}
          onChange={(event) => tick(document.kind, event.currentTarget.checked)}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      ))}
      <p className={styles['dim']}>{SERVICE_TEXT.documentsHint}</p>
    </div>
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
        <Checklist flow={flow} draft={draft} />
      )}
    </Pane>
  );
}
