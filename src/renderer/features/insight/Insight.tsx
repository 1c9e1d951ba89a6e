import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { INSIGHT_TEXT } from '../../text/insight-text.ts';
import { MonthPart } from './MonthPart.tsx';
import { QualityPart } from './QualityPart.tsx';
import { SignalsPart } from './SignalsPart.tsx';

type Tab = keyof typeof INSIGHT_TEXT.tabs;
const TABS: readonly Tab[] = ['month', 'signals', 'quality'];
const PARTS = { month: MonthPart, signals: SignalsPart, quality: QualityPart } as const;

/** Weeks and months of a supervisor's region. */
export function Insight(): ReactNode {
  const [tab, setTab] = useState<Tab>('month');
  const Part = PARTS[tab];
  return (
    <Part
      tabs={
        <SegmentedControl
          aria-label={INSIGHT_TEXT.parts}
          value={tab}
          data={TABS.map((value) => ({ value, label: INSIGHT_TEXT.tabs[value] }))}
          onChange={setTab}
        />
      }
    />
  );
}
