import { type ReactNode, useState } from 'react';
import type { IssuedCodeRow } from '../../../contract/people.ts';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useCounter } from '../../app/status.tsx';
import { dateTime } from '../../text/format.ts';
import { CODE_STATE_WORDS, CODES_TEXT, PEOPLE_TEXT } from '../../text/people-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Split } from '../../ui/Split.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { IssueSheet } from './CodeSheets.tsx';
import { EndSheet } from './EndSheet.tsx';
import styles from './People.module.css';
import { useChosen } from './use-chosen.ts';

const MOST = 200;
const ROW_REM = 3.25;

function Row({ code }: Readonly<{ code: IssuedCodeRow }>): ReactNode {
  const { now } = useCounter();
  return (
    <>
      <TwoLines>
        <strong>{code.outlet.name}</strong>
        <small>{code.outlet.outletId}</small>
      </TwoLines>
      <span className={styles['state']} data-state={code.state}>
        {CODE_STATE_WORDS[code.state]}
      </span>
      <TwoLines>
        <span>{REGION_TEXT.ago(code.issuedAt, now)}</span>
        <small>{CODES_TEXT.by(code.issuedBy)}</small>
      </TwoLines>
    </>
  );
}

/** What is done in a sheet; about a code it stays the one that it was opened for, whatever comes on top of the list. */
type Opened = Readonly<{ sheet: 'issue' } | { sheet: 'revoke'; code: IssuedCodeRow }>;

const keyOf = ({ codeId }: IssuedCodeRow): string => codeId;

/** Codes for new counters: made, listed, revoked. The code itself is shown once, when it is made. */
export function CodesPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const [opened, setOpened] = useState<Opened | undefined>();
  const load = useRegionLoad({ of: 'codes' });
  const outletsLoad = useRegionLoad({ of: 'officers' });
  const { value: kept } = useProcedure('people.codes', { offset: 0, limit: MOST });
  const { value: people } = useProcedure('people.officers', { search: '', offset: 0, limit: 1 });
  const rows = kept?.rows ?? [];
  const [code, choose] = useChosen(rows, keyOf);
  const outlets = people?.head?.outlets ?? [];
  const close = (): void => setOpened(undefined);
  const refusal = load.refusal ?? outletsLoad.refusal;
  return (
    <RegionScreen
      title={PEOPLE_TEXT.title}
      choice={tabs}
      kept={kept}
      load={load}
      primary={
        <KeyButton
          action="primary"
          primary
          label={CODES_TEXT.make}
          disabled={outlets.length === 0}
          onPress={() => setOpened({ sheet: 'issue' })}
        />
      }
    >
      <Split
        side={
          <>
            <LoadRefusal refusal={refusal} hasCopy />
            {code === undefined ? (
              <EmptyState text={CODES_TEXT.choose} />
            ) : (
              <Pane
                title={code.outlet.name}
                fill
                foot={
                  code.state === 'open' ? (
                    <KeyButton
                      action="change"
                      danger
                      label={CODES_TEXT.revoke}
                      onPress={() => setOpened({ sheet: 'revoke', code })}
                    />
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
          </>
        }
      >
        <VirtualList<IssuedCodeRow>
          label={CODES_TEXT.list}
          rows={rows}
          keyOf={keyOf}
          rowRem={ROW_REM}
          columns="minmax(0, 1.4fr) minmax(0, 0.8fr) minmax(0, 1fr)"
          head={CODES_TEXT.heads}
          selected={code?.codeId}
          onSelect={({ codeId }) => choose(codeId)}
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
      </Split>
      {opened?.sheet === 'issue' ? <IssueSheet outlets={outlets} onActed={load.again} onClose={close} /> : null}
      {opened?.sheet === 'revoke' ? (
        <EndSheet
          verb={CODES_TEXT.revoke}
          subject={opened.code.outlet.name}
          how={CODES_TEXT.revokeHow}
          act={{ act: 'revoke-code', codeId: opened.code.codeId }}
          onActed={load.again}
          onClose={close}
        />
      ) : null}
    </RegionScreen>
  );
}
