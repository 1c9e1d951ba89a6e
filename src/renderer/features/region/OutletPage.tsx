import { type ReactNode, useState } from 'react';
import type { RegionOutlet } from '../../../contract/region.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useCounter } from '../../app/status.tsx';
import { day, money } from '../../text/format.ts';
import { DAY_STATE_WORDS, LOOK_WORDS, REGION_TEXT, WORRY_WORDS } from '../../text/region-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { placeName } from './OutletRow.tsx';
import styles from './Region.module.css';

const { detail: TEXT } = REGION_TEXT;
const DAY_REM = 2.25;

function Device({ device, now }: Readonly<{ device: RegionOutlet['devices'][number]; now: number }>): ReactNode {
  const { deviceNo, lastContactAt, appVersion, timeTrust, rulePackId } = device;
  return (
    <li>
      <strong>{TEXT.device(deviceNo)}</strong>
      <span>
        {TEXT.contact}: {REGION_TEXT.ago(lastContactAt, now)}
      </span>
      <span>{TEXT.version(appVersion)}</span>
      <span>{TEXT.tariff(rulePackId)}</span>
      <span>{timeTrust === null ? TEXT.clockUnknown : TEXT.clock[timeTrust]}</span>
    </li>
  );
}

function Facts({ outlet }: Readonly<{ outlet: RegionOutlet }>): ReactNode {
  const { now } = useCounter();
  const { delegation, worries, openSessions } = outlet;
  return (
    <>
      {worries.length === 0 ? null : (
        <ul className={styles['worries']} aria-label={TEXT.worries}>
          {worries.map((worry) => (
            <li key={worry}>{WORRY_WORDS[worry]}</li>
          ))}
        </ul>
      )}
      {openSessions.map(({ by, openedOn, openedAt }) => (
        <p key={openedAt}>{TEXT.session(by, openedOn)}</p>
      ))}
      <FactList
        facts={[
          [TEXT.contact, REGION_TEXT.ago(outlet.lastContactAt, now)],
          [REGION_TEXT.unsent, String(outlet.unsent)],
          [REGION_TEXT.undeposited, money(outlet.undeposited)],
          [TEXT.inTransit, money(outlet.inTransit)],
        ]}
      />
      {delegation === null ? null : (
        <p>{REGION_TEXT.plh(delegation.fromName, delegation.letterNumber, delegation.toOn)}</p>
      )}
      <h3>{TEXT.devices}</h3>
      <ul className={styles['devices']}>
        {outlet.devices.map((device) => (
          <Device key={device.deviceId} device={device} now={now} />
        ))}
      </ul>
    </>
  );
}

/** One outlet: what is wrong, its counters, and its days; Enter opens a day. */
export function OutletPage({ outlet, onBack }: Readonly<{ outlet: RegionOutlet; onBack: () => void }>): ReactNode {
  const { go } = useNavigation();
  const days = outlet.days.toReversed();
  const [chosen, setChosen] = useState(days.find(({ look }) => look === 'silent' || look === 'unclosed') ?? days[0]);
  const open = (): void => {
    if (chosen !== undefined) go({ screen: 'recap', outletId: outlet.outletId, businessOn: chosen.on });
  };
  return (
    <Screen
      title={outlet.name}
      aside={
        <>
          <span>
            {outlet.outletId} · {placeName(outlet.regency)}
            {outlet.regionName === null ? '' : ` · ${outlet.regionName}`}
          </span>
          <KeyButton action="back" label={TEXT.back} onPress={onBack} />
        </>
      }
      primary={
        <KeyButton action="primary" primary label={TEXT.openDay} disabled={chosen === undefined} onPress={open} />
      }
    >
      <Pane title={TEXT.days} fill current>
        <VirtualList
          label={TEXT.days}
          rows={days}
          keyOf={({ on }) => on}
          rowRem={DAY_REM}
          columns="7rem minmax(0, 1fr) minmax(0, 1fr) 7rem"
          selected={chosen?.on}
          onSelect={setChosen}
          onOpen={open}
          autoFocus
          empty={null}
          render={(one) => (
            <>
              <span>{day(one.on)}</span>
              <span className={styles['look']} data-look={one.look}>
                {one.reason ?? LOOK_WORDS[one.look]}
              </span>
              <span>{one.state === null ? '' : DAY_STATE_WORDS[one.state]}</span>
              <span className={styles['figure']}>{TEXT.sales(one.sales)}</span>
            </>
          )}
        />
      </Pane>
      <div className={styles['side']}>
        <Pane title={TEXT.worries} fill>
          <Facts outlet={outlet} />
        </Pane>
      </div>
    </Screen>
  );
}
