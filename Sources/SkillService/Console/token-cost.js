// What a library costs a prompt: every tool upfront, a menu, or only what a request needs.
import { h } from './dom.js';
import { count } from './text.js';

const STRATEGIES = { upfront: ['All tools upfront', 'every schema in every prompt'], menu: ['Menu', 'a line for each skill'], routed: ['Routed', 'the menu and the skills a request needs'] };

/** The strategies as bars. */
export function tokenCost(told) {
  const most = Math.max(1, ...told.strategies.map((one) => one.tokens));
  return h(
    'div', { class: 'token-cost' },
    h('table', { class: 'cost' },
      h('caption', { class: 'visually-hidden' }, 'Tokens of a prompt'),
      h('tbody', {}, told.strategies.map((one) => {
        const [name, means] = STRATEGIES[one.name] ?? [one.name, ''];
        const bar = h('span', { class: 'cost-bar', 'aria-hidden': 'true' });
        bar.style.setProperty('--share', String(one.tokens / most));
        return h('tr', {}, h('th', { scope: 'row' }, name, means ? h('span', { class: 'muted block' }, means) : null), h('td', { class: 'number' }, count(one.tokens)), h('td', { class: 'wide-cell' }, bar));
      }))),
    h('p', { class: 'muted' }, [
      savings(told.saved),
      `Tokens are ${[...new Set(told.strategies.map((one) => one.source))].join(', ')}.`,
    ].filter(Boolean).join(' ')),
  );
}

/** A small library costs less than the words that say how to load from it. */
function savings(saved) {
  if (!Number.isFinite(saved)) return null;
  if (saved < 0) return `This library is small: routing costs ${(1 - saved).toFixed(1)} times what everything upfront does.`;
  return `Routing saves ${Math.round(saved * 100)} % of what everything upfront costs.`;
}
