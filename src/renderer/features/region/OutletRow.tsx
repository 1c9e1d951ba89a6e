import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RegionOutlet } from '../../../contract/region.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import { count, money } from '../../text/format.ts';
import { REGION_TEXT, worryLine, worryTone } from '../../text/region-text.ts';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { DayStrip } from './DayStrip.tsx';
import styles from './Region.module.css';

/** `Kab. Kediri`, or the code where it is none of this province. */
export const placeName = (regency: string): string => (isRegencyCode(regency) ? regencyName(regency) : regency);

function Worries({ worries }: Pick<RegionOutlet, 'worries'>): ReactNode {
  const tone = worryTone(worries);
  const Icon = tone === 'person' ? IconAlertTriangle : tone === 'waiting' ? IconClock : IconCircleCheck;
  return (
    <span className={styles['worry']} data-tone={tone}>
      <Icon size="1.125rem" aria-hidden />
      <span>{worryLine(worries)}</span>
    </span>
  );
}

function rulesWord({ worries }: Pick<RegionOutlet, 'worries'>): string {
  if (worries.includes('lacks-rules')) return REGION_TEXT.rulesLack;
  return worries.includes('lacks-next-rules') ? REGION_TEXT.rulesLackNext : REGION_TEXT.rulesFit;
}

/** One outlet in the table: what it is, what is wrong, its two weeks, and the figures. */
export function OutletRow({ outlet, now }: Readonly<{ outlet: RegionOutlet; now: number }>): ReactNode {
  const { name, outletId, regency, delegation, undepositedSince, quarantined } = outlet;
  return (
    <>
      <TwoLines>
        <strong title={name}>{name}</strong>
        <small>
          {outletId} · {placeName(regency)}
          {delegation === null ? '' : ` · ${REGION_TEXT.plhShort(delegation.fromName)}`}
        </small>
      </TwoLines>
      <Worries worries={outlet.worries} />
      <DayStrip days={outlet.days} />
      <span className={styles['figure']}>{REGION_TEXT.ago(outlet.lastContactAt, now)}</span>
      <TwoLines end>
        <span>{count(outlet.unsent)}</span>
        {quarantined === 0 ? null : <small data-tone="person">{REGION_TEXT.quarantined(quarantined)}</small>}
      </TwoLines>
      <TwoLines end>
        <span>{money(outlet.undeposited)}</span>
        {undepositedSince === null || outlet.undeposited === 0 ? null : (
          <small data-tone={outlet.undepositedOverdue ? 'person' : undefined}>
            {REGION_TEXT.since(undepositedSince, outlet.undepositedOverdue)}
          </small>
        )}
      </TwoLines>
      <span className={styles['figure']}>{rulesWord(outlet)}</span>
    </>
  );
}
