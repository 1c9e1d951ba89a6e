import { TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { RegionOfficer } from '../../../contract/people.ts';
import type { PeopleOfficersView } from '../../../contract/views-people.ts';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useCounter } from '../../app/status.tsx';
import { ROLE_NAMES } from '../../text/frame-text.ts';
import { OFFICER_STATE_WORDS, officerState, PEOPLE_TEXT } from '../../text/people-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList, type Facts } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Split } from '../../ui/Split.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { ChangeSheet, CreateSheet } from './OfficerSheets.tsx';
import styles from './People.module.css';
import { useChosen } from './use-chosen.ts';

const MOST = 200;
const ROW_REM = 3.25;
const COLUMNS = 'minmax(0, 1.4fr) minmax(0, 1.2fr) minmax(0, 0.9fr) minmax(0, 0.8fr)';

function factsOf(officer: RegionOfficer, now: number): Facts {
  const { officerId, role, outlet, reason, startsUntil, lockedUntil, substituteAt, move, session } = officer;
  const state = [
    OFFICER_STATE_WORDS[officerState(officer)],
    lockedUntil === null ? null : PEOPLE_TEXT.locked(lockedUntil),
    startsUntil === null ? null : PEOPLE_TEXT.starts(startsUntil),
    substituteAt === null ? null : PEOPLE_TEXT.substitute(substituteAt.name),
  ];
  return [
    [PEOPLE_TEXT.number, officerId],
    [PEOPLE_TEXT.role, ROLE_NAMES[role]],
    [PEOPLE_TEXT.outlet, `${outlet.name} · ${outlet.outletId}`],
    [PEOPLE_TEXT.state, state.filter((word) => word !== null).join('; ')],
    ...(reason === null ? [] : ([[PEOPLE_TEXT.reason, reason]] as const)),
    [PEOPLE_TEXT.lastSignIn, lastSignIn(officer, now)],
    ...(move === null ? [] : ([[PEOPLE_TEXT.move, PEOPLE_TEXT.movesTo(move.name, move.fromOn)]] as const)),
    ...(session === null
      ? []
      : ([[PEOPLE_TEXT.session, PEOPLE_TEXT.sessionAt(session.name, session.openedOn)]] as const)),
  ];
}

function lastSignIn({ lastSignInAt }: RegionOfficer, now: number): string {
  return lastSignInAt === null ? PEOPLE_TEXT.never : REGION_TEXT.ago(lastSignInAt, now);
}

function Row({ officer }: Readonly<{ officer: RegionOfficer }>): ReactNode {
  const { now } = useCounter();
  const { name, officerId, outlet, role } = officer;
  const state = officerState(officer);
  return (
    <>
      <TwoLines>
        <strong title={name}>{name}</strong>
        <small>{role === 'officer' ? officerId : `${officerId} · ${ROLE_NAMES[role]}`}</small>
      </TwoLines>
      <TwoLines>
        <span title={outlet.name}>{outlet.name}</span>
        <small>{outlet.outletId}</small>
      </TwoLines>
      <span className={styles['state']} data-state={state}>
        {OFFICER_STATE_WORDS[state]}
      </span>
      <span>{lastSignIn(officer, now)}</span>
    </>
  );
}

function Empty({ kept, search }: Readonly<{ kept: PeopleOfficersView | undefined; search: string }>): ReactNode {
  if (kept === undefined) return null;
  if (kept.loadedAt === null) return <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />;
  return search === '' ? (
    <EmptyState text={PEOPLE_TEXT.empty} next={PEOPLE_TEXT.emptyNext} />
  ) : (
    <EmptyState text={PEOPLE_TEXT.notFound(search)} next={PEOPLE_TEXT.notFoundNext} />
  );
}

/** The facts of the one who is chosen, and why nothing may be changed of him. */
function Chosen({ officer }: Readonly<{ officer: RegionOfficer | undefined }>): ReactNode {
  const { now } = useCounter();
  if (officer === undefined) return <EmptyState text={PEOPLE_TEXT.choose} />;
  return (
    <Pane title={officer.name} fill>
      <FactList facts={factsOf(officer, now)} />
      {officer.mayNot === null ? null : <p className={styles['warn']}>{PEOPLE_TEXT.mayNot[officer.mayNot]}</p>}
    </Pane>
  );
}

/** What is done in a sheet; a change stays about the one whom it was opened for, whatever becomes of the list. */
type Opened = Readonly<{ sheet: 'create' } | { sheet: 'change'; officer: RegionOfficer }>;

const keyOf = ({ officerId }: RegionOfficer): string => officerId;

/** People of the region: who, where, how he stands; a change is made of the one who is chosen. */
export function OfficersPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<Opened | undefined>();
  const field = useRef<HTMLInputElement>(null);
  const load = useRegionLoad({ of: 'officers' });
  const { value: kept } = useProcedure('people.officers', { search, offset: 0, limit: MOST }, { keepPrevious: true });
  const rows = kept?.rows ?? [];
  const [officer, choose] = useChosen(rows, keyOf);
  const head = kept?.head ?? null;
  const changeable = officer?.mayNot === null && head !== null ? officer : undefined;
  const isPartial = kept !== undefined && kept.loadedAt !== null && !kept.complete;
  const change = (): void => setOpened(changeable === undefined ? undefined : { sheet: 'change', officer: changeable });
  const close = (): void => setOpened(undefined);
  useKeys({ search: { run: () => field.current?.focus(), label: PEOPLE_TEXT.search } });
  return (
    <RegionScreen
      title={PEOPLE_TEXT.title}
      choice={tabs}
      kept={kept}
      load={load}
      primary={
        <>
          <KeyButton
            action="basket"
            label={PEOPLE_TEXT.create}
            disabled={head === null}
            onPress={() => setOpened({ sheet: 'create' })}
          />
          <KeyButton
            action="primary"
            primary
            label={PEOPLE_TEXT.change}
            disabled={changeable === undefined}
            onPress={change}
          />
        </>
      }
    >
      <Split
        side={
          <>
            <LoadRefusal refusal={load.refusal} hasCopy />
            <Chosen officer={officer} />
          </>
        }
      >
        <div className={styles['pair']}>
          <TextInput
            ref={field}
            w="18rem"
            aria-label={PEOPLE_TEXT.search}
            placeholder={PEOPLE_TEXT.searchHint}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {isPartial ? (
            <KeyButton action="recent" small label={PEOPLE_TEXT.more(rows.length)} onPress={load.more} />
          ) : null}
        </div>
        <VirtualList<RegionOfficer>
          label={PEOPLE_TEXT.list}
          rows={rows}
          keyOf={keyOf}
          rowRem={ROW_REM}
          columns={COLUMNS}
          head={PEOPLE_TEXT.heads}
          selected={officer?.officerId}
          onSelect={({ officerId }) => choose(officerId)}
          onOpen={change}
          autoFocus
          empty={<Empty kept={kept} search={search} />}
          render={(one) => <Row officer={one} />}
        />
      </Split>
      {opened?.sheet === 'create' && head !== null ? (
        <CreateSheet outlets={head.outlets} onActed={load.again} onClose={close} />
      ) : null}
      {opened?.sheet === 'change' && head !== null ? (
        <ChangeSheet
          officer={opened.officer}
          outlets={head.outlets}
          today={head.today}
          onActed={load.again}
          onClose={close}
        />
      ) : null}
    </RegionScreen>
  );
}
