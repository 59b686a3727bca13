// Small line drawings; each stands beside a word, never alone.
import { s } from './dom.js';

const PATHS = {
  pending: ['M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11z'],
  running: ['M8 2.5a5.5 5.5 0 1 1-5.2 3.7', 'M8 5v3l2 1.5'],
  retry: ['M3 8a5 5 0 0 1 8.7-3.3L13 6', 'M13 2.8V6H9.8', 'M13 8a5 5 0 0 1-8.7 3.3L3 10', 'M3 13.2V10h3.2'],
  person: ['M8 2.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 0 0 0-5.2z', 'M3 13.5c.6-2.8 2.5-4 5-4s4.4 1.2 5 4'],
  question: ['M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8', 'M8 12.2v.3', 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z'],
  succeeded: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z', 'M5 8.2l2.1 2.1L11 6.2'],
  failed: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z', 'M5.7 5.7l4.6 4.6', 'M10.3 5.7l-4.6 4.6'],
  skipped: ['M3 4l5 4l-5 4z', 'M8 4l5 4l-5 4z'],
  cancelled: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z', 'M3.6 12.4l8.8-8.8'],
  paused: ['M5.5 3.5v9', 'M10.5 3.5v9'],
  warning: ['M8 2l6.3 11.5H1.7z', 'M8 6.5v3', 'M8 11.4v.3'],
  fallback: ['M3 4h4.5a3 3 0 0 1 3 3v5.5', 'M7.8 10l2.7 2.7L13.2 10'],
  copy: ['M5.5 5.5h7v8h-7z', 'M3.5 10.5v-8h7'],
  download: ['M8 2v8', 'M4.8 7l3.2 3.2L11.2 7', 'M3 13.5h10'],
  play: ['M4.5 3l8 5l-8 5z'],
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9z', 'M10.4 10.4l3.3 3.3'],
  light: ['M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6z', 'M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1'],
  dark: ['M13 9.6A5.5 5.5 0 1 1 6.4 3a4.5 4.5 0 0 0 6.6 6.6z'],
  auto: ['M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12z', 'M8 2v12M8 5l4.5-1M8 8h6M8 11l4.5 1'],
  key: ['M5.5 6.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6z', 'M7.7 7.5l5.3-5.3M11 4.2l1.8 1.8'],
  link: ['M6.5 9.5l3-3', 'M7.5 4.7l1.3-1.3a2.7 2.7 0 0 1 3.8 3.8l-1.3 1.3', 'M8.5 11.3l-1.3 1.3a2.7 2.7 0 0 1-3.8-3.8l1.3-1.3'],
  close: ['M4 4l8 8', 'M12 4l-8 8'],
  stop: ['M4 4h8v8H4z'],
};

/** One drawing, hidden from screen readers. */
export function icon(name) {
  return s(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' },
    iconPaths(name),
  );
}

/** The drawing's lines alone, for use inside another drawing. */
export function iconPaths(name) {
  return (PATHS[name] ?? PATHS.pending).map((d) => s('path', { d, class: 'icon-line' }));
}
