import type { ReactNode } from 'react';
import type { Kept } from '../../../contract/views-region.ts';
import { Screen } from '../../ui/Screen.tsx';
import { RegionAge } from './RegionAge.tsx';
import type { RegionLoad } from './use-region-load.ts';

/** A screen over what is kept of the region: with what chooses in it, how old it is, and the key that loads it again. */
export function RegionScreen({
  title,
  choice,
  kept,
  load,
  primary,
  children,
}: Readonly<{
  title: string;
  choice?: ReactNode;
  kept: Kept | undefined;
  load: RegionLoad;
  primary?: ReactNode;
  children: ReactNode;
}>): ReactNode {
  return (
    <Screen
      title={title}
      aside={
        <>
          {choice}
          <RegionAge kept={kept} load={load} />
        </>
      }
      primary={primary}
    >
      {children}
    </Screen>
  );
}
