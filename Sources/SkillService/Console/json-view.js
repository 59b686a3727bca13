// Data as indented text; what is long starts folded.
import { button, h } from './dom.js';
import { icon } from './icons.js';
import { announce } from './notices.js';
import { count } from './text.js';

const MOST = 200_000;

/** A value as JSON: short ones stand open, long ones behind their first line. */
export function jsonView(value, { label = 'JSON', key, open } = {}) {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const lines = text.split('\n').length;
  const body = h(
    'div', { class: 'json' },
    h('pre', { tabindex: '0', 'aria-label': label }, h('code', {}, text.length > MOST ? text.slice(0, MOST) : text)),
    text.length > MOST ? h('p', { class: 'muted' }, `The first ${count(MOST)} of ${count(text.length)} characters are shown.`) : null,
    copyButton(text, label),
  );
  if (lines <= 12 && text.length < 900 && open !== false) return body;
  return h(
    'details', { class: 'fold', open: open === true, data: { key } },
    h('summary', {}, label, h('span', { class: 'muted' }, ` ${count(lines)} lines, ${count(text.length)} characters`)),
    body,
  );
}

/** Puts a text on the clipboard. */
export function copyButton(text, what, word = '') {
  return button(word, () => copy(text, what), { kind: word ? 'small' : 'quiet icon-only copy', icon: icon('copy'), label: `Copy ${what}` });
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`Copied: ${what}`);
  } catch {
    announce('This browser does not let the page use the clipboard.');
  }
}

/** Saves a text as a file. */
export function download(text, name, type = 'application/json') {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(`Saved ${name}`);
}
