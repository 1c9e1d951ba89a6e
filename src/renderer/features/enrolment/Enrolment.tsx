import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { StatusView } from '../../../contract/views-counter.ts';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { ENROLMENT_TEXT } from '../../text/sign-in-text.ts';
import { ByFile } from './ByFile.tsx';
import { Enrolled } from './Enrolled.tsx';
import styles from './Enrolment.module.css';
import { Online } from './Online.tsx';

/** Pendaftaran perangkat: by the line or by two files, and then what this computer has become. */
export function Enrolment({ status, onDone }: Readonly<{ status: StatusView; onDone: () => void }>): ReactNode {
  const [way, setWay] = useState<'online' | 'offline'>('online');
  if (status.enrolled) return <Enrolled status={status} onDone={onDone} />;
  return (
    <main className={styles['page']}>
      <div className={styles['form']}>
        <strong>{FRAME_TEXT.product}</strong>
        <h1>{ENROLMENT_TEXT.title}</h1>
        <p>{ENROLMENT_TEXT.intro}</p>
        <SegmentedControl
          aria-label={WIZARD_TEXT.ways}
          value={way}
          onChange={(value) => setWay(value === 'offline' ? 'offline' : 'online')}
          data={[
            { value: 'online', label: WIZARD_TEXT.online },
            { value: 'offline', label: WIZARD_TEXT.offline },
          ]}
        />
        {way === 'online' ? <Online /> : <ByFile />}
      </div>
    </main>
  );
}
