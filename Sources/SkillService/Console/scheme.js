// Light, dark, or as the system says.
import { button, replace } from './dom.js';
import { icon } from './icons.js';

const KEY = 'skillweaver-scheme';
const ORDER = ['auto', 'light', 'dark'];
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };

function kept() {
  const value = localStorage.getItem(KEY);
  return ORDER.includes(value) ? value : 'auto';
}

/** Puts the kept choice into effect. */
export function applyScheme() {
  const choice = kept();
  if (choice === 'auto') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = choice;
}

/** The button that goes through the three. */
export function schemeButton(announce) {
  const node = button('', () => {
    const choice = ORDER[(ORDER.indexOf(kept()) + 1) % ORDER.length];
    localStorage.setItem(KEY, choice);
    applyScheme();
    draw();
    announce(`Colours: ${WORDS[choice]}`);
  }, { kind: 'quiet icon-only', id: 'scheme' });
  function draw() {
    const name = `Colours: ${WORDS[kept()]}`;
    node.setAttribute('aria-label', name);
    node.title = name;
    replace(node, icon(kept()));
  }
  draw();
  return node;
}
