import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { FRAME_TEXT } from '../text/frame-text.ts';
import styles from './App.module.css';

type State = Readonly<{ crashed: boolean }>;

/** A bug of the screen says so, and offers the way out; what was saved is not on the screen's side. */
export class CrashBoundary extends Component<Readonly<{ children: ReactNode }>, State> {
  override readonly state: State = { crashed: false };

  static getDerivedStateFromError(): State {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <div className={styles['whole']} role="alert">
        <h1>{FRAME_TEXT.crashed}</h1>
        <p>{FRAME_TEXT.crashedSafe}</p>
        <p>{FRAME_TEXT.crashedNext}</p>
        <Button size="lg" onClick={() => window.location.reload()}>
          {FRAME_TEXT.reload}
        </Button>
      </div>
    );
  }
}
