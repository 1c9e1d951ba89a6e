import { Button, Radio, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { KeptPage } from '../../../contract/views-documents.ts';
import type { CaptureRequest } from '../../app/capture-request.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { CAPTURE_TEXT, keptPageText, PAGE_STATE_TEXT } from '../../text/capture-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Capture.module.css';
import { ReadingPanel } from './ReadingPanel.tsx';

const REASONS = ['wrong-kind', 'retaken', 'other'] as const;
type Reason = (typeof REASONS)[number];

function isReason(value: string): value is Reason {
  return REASONS.some((reason) => reason === value);
}

/** A page that is thrown away: why, and whether anything should be noted. */
function DiscardForm({
  busy,
  onDiscard,
  onCancel,
}: Readonly<{ busy: boolean; onDiscard: (reason: Reason, note: string) => void; onCancel: () => void }>): ReactNode {
  const [reason, setReason] = useState<Reason>('wrong-kind');
  const [note, setNote] = useState('');
  return (
    <div className={styles['form']}>
      <Radio.Group
        label={CAPTURE_TEXT.discardWhy}
        value={reason}
        onChange={(value) => {
          if (isReason(value)) setReason(value);
        }}
      >
        {REASONS.map((each) => (
          <Radio key={each} value={each} label={CAPTURE_TEXT.discardReasons[each]} color="opop" />
        ))}
      </Radio.Group>
      <TextInput
        label={CAPTURE_TEXT.note}
        value={note}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={styles['tools']}>
        <Button variant="default" onClick={onCancel}>
          {CAPTURE_TEXT.cancel}
        </Button>
        <Button color="red" variant="outline" disabled={busy} onClick={() => onDiscard(reason, note)}>
          {CAPTURE_TEXT.discard}
        </Button>
      </div>
    </div>
  );
}

function PageRow({
  page,
  chosen,
  onShow,
}: Readonly<{ page: KeptPage; chosen: boolean; onShow: () => void }>): ReactNode {
  return (
    <li>
      <button type="button" className={styles['row']} aria-pressed={chosen} onClick={onShow}>
        <strong>{CAPTURE_TEXT.shownAs(page.pageNo)}</strong>
        <span className={styles['dim']}>{keptPageText(page)}</span>
        <span className={styles['dim']}>
          {page.shown ? PAGE_STATE_TEXT[page.state] : `${CAPTURE_TEXT.notShown}, ${PAGE_STATE_TEXT[page.state]}`}
        </span>
      </button>
    </li>
  );
}

type Shown = Readonly<{ documentId: string; picture: string | undefined; refusal: ScreenRefusal | undefined }>;

/** Opens a page when it is asked for, never before: each look is recorded. */
function useShownPage(first: string | undefined): readonly [Shown | undefined, (documentId: string) => void] {
  const show = useAction('documents.show');
  const [shown, setShown] = useState<Shown | undefined>();
  const open = (documentId: string): void => {
    void show.run({ documentId }).then((answer) => {
      if (answer === undefined) return;
      setShown({
        documentId,
        picture: answer.ok ? answer.value.picture : undefined,
        refusal: answer.ok ? undefined : answer.error,
      });
    });
  };
  useEffect(() => {
    if (first !== undefined) open(first);
    // One look for one wish: the first page is the one that was pressed.
  }, [first]);
  return [shown, open];
}

type PagesPanelProps = Readonly<{
  request: CaptureRequest;
  onTake: (replaces: string | undefined) => void;
  onDone: () => void;
}>;

/** The pages that are kept of one paper: look at one, take it again, throw it away. */
export function PagesPanel({ request, onTake, onDone }: PagesPanelProps): ReactNode {
  const reading = useProcedure('documents.of', { stream: request.stream });
  const discard = useAction('documents.discard');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [asking, setAsking] = useState(false);
  const pages = (reading.value?.pages ?? []).filter((page) => page.kind === request.kind);
  const [shown, open] = useShownPage(pages.find((page) => page.shown)?.documentId);
  const chosen = pages.find((page) => page.documentId === shown?.documentId);
  useKeys({ back: { run: asking ? () => setAsking(false) : onDone } }, { level: LAYER.question, exclusive: true });
  const throwAway = async (reason: Reason, note: string): Promise<void> => {
    if (chosen === undefined) return;
    const said = note.trim() === '' ? null : note.trim();
    const answer = await discard.run({ documentId: chosen.documentId, reason, note: said });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) setAsking(false);
  };
  return (
    <div className={styles['panel']}>
      <div className={styles['picture']}>
        {shown?.picture === undefined || chosen === undefined ? (
          <EmptyState icon={<IconLock size="2rem" aria-hidden />} text={CAPTURE_TEXT.lookIsRecorded} />
        ) : (
          <img className={styles['shown']} src={shown.picture} alt={CAPTURE_TEXT.shownAs(chosen.pageNo)} />
        )}
      </div>
      <div className={styles['side']}>
        {reading.value !== undefined && pages.length === 0 ? <p>{CAPTURE_TEXT.noPages}</p> : null}
        <ul className={styles['list']}>
          {pages.map((page) => (
            <PageRow
              key={page.documentId}
              page={page}
              chosen={page.documentId === chosen?.documentId}
              onShow={() => open(page.documentId)}
            />
          ))}
        </ul>
        {chosen?.shown === true && !asking ? (
          <ReadingPanel key={chosen.documentId} documentId={chosen.documentId} takes={request.takes} />
        ) : null}
        {shown?.refusal === undefined ? null : <RefusalCard refusal={shown.refusal} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        {asking && chosen !== undefined ? (
          <DiscardForm
            busy={discard.busy}
            onDiscard={(reason, note) => void throwAway(reason, note)}
            onCancel={() => setAsking(false)}
          />
        ) : (
          <div className={styles['stack']}>
            {chosen === undefined || !chosen.shown ? null : (
              <>
                <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
                  {CAPTURE_TEXT.discard}
                </Button>
                <Button variant="default" onClick={() => onTake(chosen.documentId)}>
                  {CAPTURE_TEXT.replacePage}
                </Button>
              </>
            )}
            <KeyButton
              action="primary"
              primary
              wide
              label={CAPTURE_TEXT.addPage}
              onPress={() => onTake(undefined)}
              level={LAYER.question}
            />
          </div>
        )}
      </div>
    </div>
  );
}
