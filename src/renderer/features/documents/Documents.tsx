import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { assertNever } from '../../../domain/result.ts';
import { DOCUMENTS_TABS, type DocumentsTab, type Place } from '../../app/navigation.tsx';
import { DOCUMENTS_TEXT } from '../../text/documents-text.ts';
import { Screen } from '../../ui/Screen.tsx';
import { Applications } from './application/Applications.tsx';
import { CallList } from './CallList.tsx';
import styles from './Documents.module.css';
import { Drawer } from './Drawer.tsx';
import { EmergencyBook } from './emergency/EmergencyBook.tsx';
import { FormStock } from './FormStock.tsx';
import { PickUpList } from './PickUpList.tsx';
import { Queue } from './Queue.tsx';
import { ReceivedList } from './ReceivedList.tsx';

function isTab(value: string | null): value is DocumentsTab {
  return DOCUMENTS_TABS.some((tab) => tab === value);
}

function Part({ tab, begin }: Readonly<{ tab: DocumentsTab; begin: boolean }>): ReactNode {
  switch (tab) {
    case 'applications':
      return <Applications begin={begin} />;
    case 'drawer':
      return <Drawer />;
    case 'queue':
      return <Queue />;
    case 'forms':
      return <FormStock />;
    case 'emergency':
      return <EmergencyBook />;
    case 'pick-up':
      return <PickUpList />;
    case 'received':
      return <ReceivedList />;
    case 'call-list':
      return <CallList />;
    default:
      return assertNever(tab);
  }
}

/** Berkas: requests, originals in the drawer, who waits, pre-printed forms, and what was received or is to be fetched. */
export function Documents({ place }: Readonly<{ place: Extract<Place, { screen: 'documents' }> }>): ReactNode {
  const [tab, setTab] = useState<DocumentsTab>(place.tab ?? 'applications');
  useEffect(() => {
    // Somebody was led to a part of this screen while it stood here.
    if (place.tab !== undefined) setTab(place.tab);
  }, [place]);
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
          {DOCUMENTS_TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {DOCUMENTS_TEXT.tabs[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {DOCUMENTS_TABS.map((each) => (
          <Tabs.Panel key={each} value={each} className={styles['panel'] ?? ''}>
            <Part tab={each} begin={each === place.tab && (place.begin ?? false)} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Screen>
  );
}
