import { Button, Checkbox, createTheme, Modal, Popover, Radio } from '@mantine/core';

/** Mantine's side of the tokens; the colours themselves stand in tokens.css, for light and dark. */
export const theme = createTheme({
  primaryColor: 'opop',
  primaryShade: { light: 8, dark: 3 },
  colors: {
    opop: [
      '#e8f5ee',
      '#cfe8da',
      '#a5d4bb',
      '#76bd98',
      '#4ea77a',
      '#2f9163',
      '#1f7a50',
      '#17653f',
      '#0f5132',
      '#0a3d25',
    ],
  },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // What stands on the accent has the accent's own contrast, in the dark as well.
    Button: Button.extend({
      vars: (_theme, { variant = 'filled' }) => ({
        root: variant === 'filled' ? { '--button-color': 'var(--loket-on-accent)' } : {},
      }),
    }),
    Checkbox: Checkbox.extend({ vars: () => ({ root: { '--checkbox-icon-color': 'var(--loket-on-accent)' } }) }),
    // A choice below another is hit by a finger, too: 24 pixels at least.
    Radio: Radio.extend({
      defaultProps: { size: 'md' },
      vars: () => ({ root: { '--radio-icon-color': 'var(--loket-on-accent)' } }),
    }),
    // A counter answers at once. The scroll lock would need a style element, which the page's policy forbids.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, centered: true } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm' } }),
  },
});
