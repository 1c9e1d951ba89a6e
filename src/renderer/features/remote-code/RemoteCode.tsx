import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApprovalLookView } from '../../../contract/views-approvals.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { approvalWords } from '../../text/approval-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { REMOTE_CODE_TEXT } from '../../text/remote-code-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { OwnApprovals } from './OwnApprovals.tsx';
import styles from './RemoteCode.module.css';

const LENGTH = 28;
/** What was typed, without blanks and hyphens. */
const bare = (text: string): string => text.replace(/[\s-]/g, '');
const inFours = (text: string): string => (bare(text).match(/.{1,4}/g) ?? []).join(' ');

function Seen({ look, now }: Readonly<{ look: ApprovalLookView; now: number }>): ReactNode {
  const minutes = Math.max(0, Math.floor((now - look.askedAt) / 60_000));
  return (
    <>
      <FactList
        facts={[
          [REMOTE_CODE_TEXT.act, approvalWords(look.action, look.amount)],
          [REMOTE_CODE_TEXT.outlet, look.outletName],
          [REMOTE_CODE_TEXT.counter, `${look.outletId}-${String(look.deviceNo).padStart(2, '0')}`],
          [REMOTE_CODE_TEXT.asked, REMOTE_CODE_TEXT.minutesAgo(minutes)],
        ]}
      />
      {look.expired ? <p className={styles['warn']}>{REMOTE_CODE_TEXT.expired}</p> : null}
      {look.answeredAt === null ? null : <p className={styles['note']}>{REMOTE_CODE_TEXT.again(look.answeredAt)}</p>}
      <p className={styles['note']}>{REMOTE_CODE_TEXT.check}</p>
    </>
  );
}

/** Eight digits, large enough to be read aloud. */
function Code({ code, look }: Readonly<{ code: string; look: ApprovalLookView | undefined }>): ReactNode {
  return (
    <div>
      <strong>{REMOTE_CODE_TEXT.codeTitle}</strong>
      <output className={styles['code']}>{`${code.slice(0, 4)} ${code.slice(4)}`}</output>
      <p className={styles['note']}>{REMOTE_CODE_TEXT.codeHow}</p>
      {look === undefined ? null : <p>{approvalWords(look.action, look.amount)}</p>}
    </div>
  );
}

type PrimaryProps = Readonly<{
  code: string | undefined;
  canGive: boolean;
  busy: boolean;
  onGive: () => void;
  onNext: () => void;
}>;

function Primary({ code, canGive, busy, onGive, onNext }: PrimaryProps): ReactNode {
  if (code !== undefined) return <KeyButton action="primary" primary label={REMOTE_CODE_TEXT.next} onPress={onNext} />;
  const { approve } = REMOTE_CODE_TEXT;
  return <KeyButton action="primary" primary label={approve} onPress={onGive} disabled={!canGive} busy={busy} />;
}

/** Kode jauh: type or scan what the counter asks, see it, answer eight digits. */
export function RemoteCode(): ReactNode {
  const { status } = useCounter();
  const standing = useProcedure('approvals.standing', {});
  const give = useAction('approvals.give');
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const text = bare(typed);
  const whole = text.length === LENGTH;
  const look = useProcedure('approvals.look', { text: whole ? text : '-' }, { enabled: whole });
  const { value: seen } = look;
  const canGive = whole && seen !== undefined && !seen.expired && code === undefined;
  const type = (next: string): void => {
    setTyped(inFours(next).slice(0, LENGTH + 6));
    setCode(undefined);
    setRefusal(undefined);
  };
  const approve = async (): Promise<void> => {
    if (!canGive) return;
    const answer = await give.run({ text });
    if (answer === undefined) return;
    setCode(answer.ok ? answer.value.code : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  const shown = refusal ?? (whole ? look.refusal : undefined);
  return (
    <Screen
      title={REMOTE_CODE_TEXT.title}
      aside={standing.value === undefined ? null : REMOTE_CODE_TEXT.counters(standing.value.counters)}
      primary={
        <Primary code={code} canGive={canGive} busy={give.busy} onGive={() => void approve()} onNext={() => type('')} />
      }
    >
      <div className={styles['columns']}>
        <Pane title={REMOTE_CODE_TEXT.askTitle} fill current>
          <div className={styles['part']}>
            {standing.value?.counters === 0 ? (
              <EmptyState text={REMOTE_CODE_TEXT.noCounters} next={REMOTE_CODE_TEXT.noCountersNext} />
            ) : null}
            <TextInput
              label={REMOTE_CODE_TEXT.field}
              description={whole || text === '' ? REMOTE_CODE_TEXT.how : REMOTE_CODE_TEXT.left(LENGTH - text.length)}
              value={typed}
              autoFocus
              data-autofocus
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: styles['field'] ?? '' }}
              onChange={(event) => type(event.currentTarget.value)}
            />
            {shown === undefined ? null : <RefusalCard refusal={shown} />}
            {whole && seen !== undefined && code === undefined ? <Seen look={seen} now={status.clock.now} /> : null}
            {code === undefined ? null : <Code code={code} look={seen} />}
          </div>
        </Pane>
        <OwnApprovals questions={standing.value?.questions ?? []} onAnswered={standing.again} />
      </div>
    </Screen>
  );
}
