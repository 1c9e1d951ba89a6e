import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { PEOPLE_TEXT } from '../../text/people-text.ts';
import { AnnouncementsPart } from './AnnouncementsPart.tsx';
import { CodesPart } from './CodesPart.tsx';
import { OfficersPart } from './OfficersPart.tsx';

const PARTS = ['officers', 'codes', 'announcements'] as const;
type Part = (typeof PARTS)[number];
const isPart = (value: string): value is Part => PARTS.some((part) => part === value);

/** Petugas: people of the region, codes for new counters, and what the outlets are told. */
export function People(): ReactNode {
  const [part, setPart] = useState<Part>('officers');
  const tabs = (
    <SegmentedControl
      aria-label={PEOPLE_TEXT.parts}
      value={part}
      data={PARTS.map((one) => ({ value: one, label: PEOPLE_TEXT.tabs[one] }))}
      onChange={(next) => {
        if (isPart(next)) setPart(next);
      }}
    />
  );
  if (part === 'codes') return <CodesPart tabs={tabs} />;
  return part === 'announcements' ? <AnnouncementsPart tabs={tabs} /> : <OfficersPart tabs={tabs} />;
}
