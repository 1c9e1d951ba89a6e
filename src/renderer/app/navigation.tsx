import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Role } from '../../contract/primitives.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { mayDo } from '../../domain/permission.ts';
import type { ScreenName } from '../text/frame-text.ts';

/** What a scanner read, for the screen that asked for it; `nth` tells two equal scans apart. */
export type Scanned = Readonly<{ text: string; nth: number }>;

/** The parts of Berkas, in the order of their tabs. */
export const DOCUMENTS_TABS = [
  'applications',
  'drawer',
  'queue',
  'forms',
  'emergency',
  'pick-up',
  'received',
  'call-list',
] as const;
export type DocumentsTab = (typeof DOCUMENTS_TABS)[number];

/** Where the officer is: a screen, and what it should show first. */
export type Place =
  | Readonly<{ screen: 'service'; scanned?: Scanned; arrivalId?: string }>
  | Readonly<{ screen: 'history'; search?: string; transactionId?: string }>
  | Readonly<{ screen: 'documents'; tab?: DocumentsTab; begin?: boolean }>
  | Readonly<{ screen: 'region'; outletId?: string; sticks?: boolean }>
  | Readonly<{ screen: 'recap'; outletId?: string; businessOn?: LocalDate }>
  | Readonly<{ screen: Exclude<ScreenName, 'service' | 'history' | 'documents' | 'region' | 'recap'> }>;

/** Screens in the order of the rail; the position is the key Ctrl+1 to Ctrl+9. */
export const RAIL: readonly ScreenName[] = [
  'service',
  'home',
  'outbox',
  'exceptions',
  'documents',
  'cash',
  'history',
  'reports',
  'device',
  'remote-code',
  'audit',
  'region',
  'recap',
  'decisions',
  'people',
  'insight',
];

const SUPERVISORS_OWN: readonly ScreenName[] = ['region', 'recap', 'decisions', 'insight', 'people', 'remote-code'];

/** The rail of a supervisor: what his day asks for, his region, its people, and the device before him. */
export const SUPERVISOR_GROUPS = [
  { group: 'today', screens: ['home', 'recap', 'decisions', 'exceptions'] },
  { group: 'region', screens: ['region', 'insight'] },
  { group: 'people', screens: ['people', 'remote-code'] },
  { group: 'device', screens: ['outbox', 'cash', 'history', 'reports', 'device'] },
] as const satisfies readonly { readonly group: string; readonly screens: readonly ScreenName[] }[];

/** A rail in groups belongs to whoever has a region; the others have few screens enough for one list. */
export const isGrouped = (role: Role): boolean => mayDo(role, 'see-region');

const OFFICER_ONLY: readonly ScreenName[] = ['service', 'documents'];

/** Screens that a role may open; the core refuses the others as well. */
export function mayOpen(role: Role, screen: ScreenName): boolean {
  // Nobody has a region, or approves from afar, but a supervisor.
  if (SUPERVISORS_OWN.includes(screen)) return mayDo(role, 'see-region');
  if (screen === 'audit') return role === 'auditor';
  // A supervisor closes what an officer left open.
  if (screen === 'cash') return role !== 'installer';
  return role === 'officer' || !OFFICER_ONLY.includes(screen);
}

type Navigation = Readonly<{ place: Place; go: (place: Place) => void }>;

const NavigationContext = createContext<Navigation | undefined>(undefined);

/** Holds where the officer is; no address, because the page has none that could be shared or typed. */
export function NavigationProvider({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  const [place, setPlace] = useState<Place>({ screen: 'home' });
  const value = useMemo(() => ({ place, go: setPlace }), [place]);
  return <NavigationContext value={value}>{children}</NavigationContext>;
}

/** Where the officer is, and the way elsewhere; throws outside the provider, which is a bug. */
export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === undefined) throw new Error('navigation is used outside NavigationProvider');
  return navigation;
}
