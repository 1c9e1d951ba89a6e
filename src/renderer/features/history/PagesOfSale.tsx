import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { KeptPage } from '../../../contract/views-documents.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { PAGE_STATE_TEXT } from '../../text/capture-text.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { PAGE_LANE_TEXT } from '../../text/page-lane-text.ts';
import { documentText } from '../../text/vehicle-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './History.module.css';

const nameOf = (page: KeptPage): string => PAGE_LANE_TEXT.page(documentText(page.kind), page.pageNo);

/** Asks why before the picture is asked for: each opening is recorded at the counter and at the province. */
function OpenAtProvince({ page, onClose }: Readonly<{ page: KeptPage; onClose: () => void }>): ReactNode {
  const open = useAction('documents.open-at-province');
  const [reason, setReason] = useState('');
  const [picture, setPicture] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ready = reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await open.run({ documentId: page.documentId, reason });
    if (answer === undefined) return;
    if (answer.ok) setPicture(answer.value.picture);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={nameOf(page)} width="60rem" closeLabel={HISTORY_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        {picture === undefined ? (
          <>
            <p>{HISTORY_TEXT.openWhy}</p>
            <TextInput
              data-autofocus
              label={HISTORY_TEXT.openReason}
              value={reason}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <SheetFoot
              cancelLabel={HISTORY_TEXT.cancel}
              submitLabel={HISTORY_TEXT.openAtProvince}
              ready={ready}
              busy={open.busy}
              refusal={refusal}
              onSubmit={() => void submit()}
              onClose={onClose}
            />
          </>
        ) : (
          <img className={styles['paper']} src={picture} alt={nameOf(page)} />
        )}
      </div>
    </Sheet>
  );
}

/** The pages of a transaction and where they are; a supervisor may have one shown by the province. */
export function PagesOfSale({ stream }: Readonly<{ stream: string }>): ReactNode {
  const { signIn } = useCounter();
  const reading = useProcedure('documents.of', { stream });
  const [opened, setOpened] = useState<KeptPage | undefined>();
  const pages = reading.value?.pages ?? [];
  if (pages.length === 0) return null;
  return (
    <>
      <h3 className={styles['section']}>{HISTORY_TEXT.pages}</h3>
      <ul className={styles['pages']}>
        {pages.map((page) => (
          <li key={page.documentId}>
            <span>{nameOf(page)}</span>
            <span className={styles['dim']}>{PAGE_STATE_TEXT[page.state]}</span>
            {signIn.role === 'supervisor' && page.state === 'stored' ? (
              <Button variant="default" size="compact-sm" onClick={() => setOpened(page)}>
                {HISTORY_TEXT.openAtProvince}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {opened === undefined ? null : <OpenAtProvince page={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}
