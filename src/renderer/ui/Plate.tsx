import type { ReactNode } from 'react';
import type { VehicleCard } from '../../contract/views-vehicle.ts';
import styles from './Plate.module.css';

type PlateProps = Readonly<{
  nrkb: string;
  /** The colours of the real plate; where only the number is known, the plate is drawn without a colour. */
  colour?: VehicleCard['plateColour'] | undefined;
  size?: 'row' | 'card' | 'large';
}>;

/** A plate drawn as a plate, at every place where a vehicle is named. */
export function Plate({ nrkb, colour, size = 'row' }: PlateProps): ReactNode {
  return (
    <span className={styles['plate']} data-colour={colour ?? 'plain'} data-size={size}>
      {nrkb}
    </span>
  );
}
