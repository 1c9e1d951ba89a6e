import { Tabs } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Place } from '../../app/navigation.tsx';
import { DOCUMENTS_TEXT } from '../../text/documents-text.ts';
import { Screen } from '../../ui/Screen.tsx';
import { CallList } from './CallList.tsx';
import styles from './Documents.module.css';
import { PickUpList } from './PickUpList.tsx';
import { ReceivedList } from './ReceivedList.tsx';

const TABS = ['received', 'pick-up', 'call-list'] as const;
type Tab = (typeof TABS)[number];

function isTab(value: string | null): value is Tab {
  return TABS.some((tab) => tab === value);
}

/** Berkas: what was received, what is ready to be fetched, whom to call. */
export function Documents({ place }: Readonly<{ place: Extract<Place, { screen: 'documents' }> }>): ReactNode {
  const [tab, setTab] = useState<Tab>(place.tab ?? 'received');
  return (
    <Screen title={DOCUMENTS_TEXT.title}>
      <Tabs
        value={tab}
        onChange={(value) => {
          if (isTab(value)) setTab(value);
        }}
        className={styles['tabs'] ?? ''}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="received" autoFocus>
            {DOCUMENTS_TEXT.received}
          </Tabs.Tab>
          <Tabs.Tab value="pick-up">{DOCUMENTS_TEXT.pickUp}</Tabs.Tab>
          <Tabs.Tab value="call-list">{DOCUMENTS_TEXT.callList}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="received" className={styles['panel'] ?? ''}>
          <ReceivedList />
        </Tabs.Panel>
        <Tabs.Panel value="pick-up" className={styles['panel'] ?? ''}>
          <PickUpList />
        </Tabs.Panel>
        <Tabs.Panel value="call-list" className={styles['panel'] ?? ''}>
          <CallList />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
