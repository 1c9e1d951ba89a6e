import { type ReactNode, useState } from 'react';
import type { Announced } from '../../../contract/people.ts';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { dateTime } from '../../text/format.ts';
import { ANNOUNCE_TEXT, PEOPLE_TEXT } from '../../text/people-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Split } from '../../ui/Split.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { AnnounceSheet } from './AnnounceSheets.tsx';
import { EndSheet } from './EndSheet.tsx';
import styles from './People.module.css';
import { useChosen } from './use-chosen.ts';

const MOST = 200;
const ROW_REM = 3.25;

/** Outlet by outlet who has read it; whoever has not stands first. */
function Readers({ announcementId, read }: Pick<Announced, 'announcementId' | 'read'>): ReactNode {
  const load = useRegionLoad({ of: 'readers', announcementId }, read);
  const { value: kept } = useProcedure('people.readers', { announcementId, offset: 0, limit: MOST });
  return (
    <>
      <LoadRefusal refusal={load.refusal} hasCopy />
      {(kept?.rows ?? []).map((outlet) => (
        <section key={outlet.outletId} aria-label={outlet.name}>
          <h3>{outlet.name}</h3>
          {outlet.people.length === 0 ? <p className={styles['note']}>{ANNOUNCE_TEXT.nobody}</p> : null}
          <ul className={styles['readers']}>
            {outlet.people.map(({ officerId, name, readAt }) => (
              <li key={officerId}>
                <span>{name}</span>
                <span>{readAt === null ? ANNOUNCE_TEXT.unread : ANNOUNCE_TEXT.readAt(readAt)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {kept !== undefined && kept.loadedAt !== null && !kept.complete ? (
        <KeyButton action="recent" small label={REGION_TEXT.more(kept.count, kept.count)} onPress={load.more} />
      ) : null}
    </>
  );
}

function Row({ one }: Readonly<{ one: Announced }>): ReactNode {
  return (
    <>
      <TwoLines>
        <strong title={one.title}>{one.title}</strong>
        <small>{ANNOUNCE_TEXT.sentTo(one.outlets, one.untilOn)}</small>
      </TwoLines>
      <TwoLines>
        <span>{ANNOUNCE_TEXT.read(one.read, one.people)}</span>
        <small>{one.withdrawnAt === null ? dateTime(one.madeAt) : ANNOUNCE_TEXT.withdrawn}</small>
      </TwoLines>
    </>
  );
}

/** What is done in a sheet; a withdrawal stays about the one that it was opened for, whatever comes on top of the list. */
type Opened = Readonly<{ sheet: 'announce' } | { sheet: 'withdraw'; one: Announced }>;

const keyOf = ({ announcementId }: Announced): string => announcementId;

/** What the outlets are told, and who has read it. */
export function AnnouncementsPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const [opened, setOpened] = useState<Opened | undefined>();
  const load = useRegionLoad({ of: 'announcements' });
  const outletsLoad = useRegionLoad({ of: 'officers' });
  const { value: kept } = useProcedure('people.announcements', { offset: 0, limit: MOST });
  const { value: people } = useProcedure('people.officers', { search: '', offset: 0, limit: 1 });
  const rows = kept?.rows ?? [];
  const [one, choose] = useChosen(rows, keyOf);
  const head = people?.head ?? null;
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
          label={ANNOUNCE_TEXT.make}
          disabled={head === null}
          onPress={() => setOpened({ sheet: 'announce' })}
        />
      }
    >
      <Split
        side={
          <>
            <LoadRefusal refusal={refusal} hasCopy />
            {one === undefined ? (
              <EmptyState text={ANNOUNCE_TEXT.choose} />
            ) : (
              <Pane
                title={one.title}
                fill
                foot={
                  one.withdrawnAt === null ? (
                    <KeyButton
                      action="change"
                      label={ANNOUNCE_TEXT.withdraw}
                      onPress={() => setOpened({ sheet: 'withdraw', one })}
                    />
                  ) : undefined
                }
              >
                <p className={styles['text']}>{one.text}</p>
                <p className={styles['note']}>{ANNOUNCE_TEXT.readers}</p>
                <Readers announcementId={one.announcementId} read={one.read} />
              </Pane>
            )}
          </>
        }
      >
        <VirtualList<Announced>
          label={ANNOUNCE_TEXT.list}
          rows={rows}
          keyOf={keyOf}
          rowRem={ROW_REM}
          columns="minmax(0, 1.4fr) minmax(0, 1fr)"
          selected={one?.announcementId}
          onSelect={({ announcementId }) => choose(announcementId)}
          autoFocus
          empty={
            kept?.loadedAt === null ? (
              <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />
            ) : (
              <EmptyState text={ANNOUNCE_TEXT.empty} next={ANNOUNCE_TEXT.emptyNext} />
            )
          }
          render={(each) => <Row one={each} />}
        />
      </Split>
      {opened?.sheet === 'announce' && head !== null ? (
        <AnnounceSheet outlets={head.outlets} today={head.today} onActed={load.again} onClose={close} />
      ) : null}
      {opened?.sheet === 'withdraw' ? (
        <EndSheet
          verb={ANNOUNCE_TEXT.withdraw}
          subject={opened.one.title}
          how={ANNOUNCE_TEXT.withdrawHow}
          act={{ act: 'withdraw', announcementId: opened.one.announcementId }}
          onActed={load.again}
          onClose={close}
        />
      ) : null}
    </RegionScreen>
  );
}
