import { NativeSelect, PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { APPROVAL_TEXT } from '../text/approval-text.ts';
import { useProcedure } from './queries.tsx';
import styles from './SupervisorPin.module.css';

/** The supervisor who stands beside the officer. */
export type Approval = Readonly<{ officerId: string; pin: string }>;

/** Fewer digits are no PIN. */
export const SHORTEST_PIN = 6;

/** Whose PIN lets this one thing pass. */
export function SupervisorPin({
  officerId,
  pin,
  onOfficer,
  onPin,
}: Readonly<{
  officerId: string;
  pin: string;
  onOfficer: (officerId: string) => void;
  onPin: (pin: string) => void;
}>): ReactNode {
  const officers = useProcedure('sign-in.officers', {});
  const supervisors = (officers.value ?? []).filter((officer) => officer.role === 'supervisor');
  if (officers.value !== undefined && supervisors.length === 0) return <p>{APPROVAL_TEXT.noSupervisor}</p>;
  return (
    <div className={styles['supervisor']}>
      <NativeSelect
        label={APPROVAL_TEXT.supervisor}
        value={officerId}
        data={[
          { value: '', label: APPROVAL_TEXT.supervisor, disabled: true },
          ...supervisors.map((officer) => ({ value: officer.officerId, label: officer.name })),
        ]}
        onChange={(event) => onOfficer(event.currentTarget.value)}
      />
      <PasswordInput
        label={APPROVAL_TEXT.pin}
        value={pin}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        onChange={(event) => onPin(event.currentTarget.value.replace(/\D/g, ''))}
      />
    </div>
  );
}
