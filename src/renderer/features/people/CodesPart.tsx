import { type ReactNode, useState } from 'react';
import type { IssuedCodeRow } from '../../../contract/people.ts';
import { useProcedure } from '../../app/queries.tsx';
import { RegionAge } from '../../app/region/RegionAge.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useCounter } from '../../app/status.tsx';
import { dateTime } from '../../text/format.ts';
import { CODE_STATE_WORDS, CODES_TEXT, PEOPLE_TEXT } from '../../text/people-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { IssueSheet, RevokeSheet } from './CodeSheets.tsx';
import styles from './People.module.css';

const MOST = 200;
const ROW_REM = 3.25;

function Row({ code }: Readonly<{ code: IssuedCodeRow }>): ReactNode {
  const { now } = useCounter();
  return (
    <>
      <span className={styles['two']}>
        <strong>{code.outlet.name}</strong>
        <small>{code.outlet.outletId}</small>
      </span>
      <span className={styles['state']} data-state={code.state}>
        {CODE_STATE_WORDS[code.state]}
      </span>
      <span className={styles['two']}>
        <span>{REGION_TEXT.ago(code.issuedAt, now)}</span>
        <small>{CODES_TEXT.by(code.issuedBy)}</small>
      </span>
    </>
  );
}

/** Codes for new counters: made, listed, revoked. The code itself is shown once, when it is made. */
export function CodesPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const [at, setAt] = useState<string | undefined>();
  const [sheet, setSheet] = useState<'none' | 'issue' | 'revoke'>('none');
  const load = useRegionLoad({ of: 'codes' });
  const outletsLoad = useRegionLoad({ of: 'officers' });
  const { value: kept } = useProcedure('people.codes', { offset: 0, limit: MOST });
  const { value: people } = useProcedure('people.officers', { search: '', offset: 0, limit: 1 });
  const rows = kept?.rows ?? [];
  const code = rows.find(({ codeId }) => codeId === at) ?? rows[0];
  const outlets = people?.head?.outlets ?? [];
  const close = (): void => setSheet('none');
  const refusal = load.refusal ?? outletsLoad.refusal;
  return (
    <Screen
      title={PEOPLE_TEXT.title}
      aside={
        <>
          {tabs}
          <RegionAge kept={kept} load={load} />
        </>
      }
      primary={
        <KeyButton
          action="primary"
          primary
          label={CODES_TEXT.make}
          disabled={outlets.length === 0}
          onPress={() => setSheet('issue')}
        />
      }
    >
      <div className={styles['work']}>
        <div className={styles['list']}>
          <VirtualList<IssuedCodeRow>
            label={CODES_TEXT.list}
            rows={rows}
            keyOf={({ codeId }) => codeId}
            rowRem={ROW_REM}
            columns="minmax(0, 1.4fr) minmax(0, 0.8fr) minmax(0, 1fr)"
            head={CODES_TEXT.heads}
            selected={code?.codeId}
            onSelect={({ codeId }) => setAt(codeId)}
            autoFocus
            empty={
              kept?.loadedAt === null ? (
                <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />
              ) : (
                <EmptyState text={CODES_TEXT.empty} next={CODES_TEXT.emptyNext} />
              )
            }
            render={(one) => <Row code={one} />}
          />
        </div>
        <div className={styles['side']}>
          {refusal === undefined || refusal.code === 'NO_LINE' ? null : <RefusalCard refusal={refusal} />}
          {code === undefined ? (
            <EmptyState text={CODES_TEXT.choose} />
          ) : (
            <Pane
              title={code.outlet.name}
              fill
              foot={
                code.state === 'open' ? (
                  <KeyButton action="change" danger label={CODES_TEXT.revoke} onPress={() => setSheet('revoke')} />
                ) : undefined
              }
            >
              <FactList
                facts={[
                  [CODES_TEXT.number, code.codeId],
                  [PEOPLE_TEXT.state, CODE_STATE_WORDS[code.state]],
                  [CODES_TEXT.issuedAt, `${dateTime(code.issuedAt)}, ${CODES_TEXT.by(code.issuedBy)}`],
                  [CODES_TEXT.expiresAt, dateTime(code.expiresAt)],
                  ...(code.usedAt === null ? [] : ([[CODES_TEXT.usedAt, dateTime(code.usedAt)]] as const)),
                ]}
              />
            </Pane>
          )}
        </div>
      </div>
      {sheet === 'issue' ? <IssueSheet outlets={outlets} onActed={load.again} onClose={close} /> : null}
      {sheet === 'revoke' && code !== undefined ? (
        <RevokeSheet code={code} onActed={load.again} onClose={close} />
      ) : null}
    </Screen>
  );
}
