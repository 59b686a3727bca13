// The candidates of a step: a list one walks with the arrow keys and chooses from with Enter.
import { h } from './dom.js';
import { icon } from './icons.js';
import { qualified, score } from './text.js';

const FIRST = 4;
const unfolded = new Set();
const focused = new Map();

/** Which candidate of a step is looked at: the focused one, else the chosen one. */
export function lookedAt(step) {
  const name = focused.get(step.id);
  return step.candidates.find((one) => qualified(one) === name) ?? step.candidates.find((one) => isChosen(step, one)) ?? step.candidates[0];
}

/** Forgets what was looked at, for another plan. */
export function forgetLooks() {
  focused.clear();
  unfolded.clear();
}

function isChosen(step, candidate) {
  return candidate.skill === step.skill && (candidate.tool ?? null) === (step.tool ?? null);
}

/** The list; `choose` is called with a candidate, `look` when another one is looked at. */
export function candidateList(step, { choose, look, redraw, isBusy }) {
  const all = step.candidates;
  if (all.length === 0) return h('p', { class: 'muted' }, 'The library holds nothing that comes near.');
  const some = unfolded.has(step.id) ? all : all.slice(0, FIRST);
  const chosen = all.findIndex((one) => isChosen(step, one));
  const list = chosen >= some.length ? [...some, all[chosen]] : some;
  const most = Math.max(...all.map((one) => one.score), 0.0001);
  const stop = list.includes(lookedAt(step)) ? lookedAt(step) : list[0];
  const box = h(
    'ul', { class: 'candidates', role: 'listbox', 'aria-label': `Candidates of ${step.id}`, 'aria-busy': isBusy ? 'true' : null, on: { keydown: walk } },
    list.map((one, index) => row(one, index)),
  );

  function row(one, index) {
    const name = qualified(one);
    const is = isChosen(step, one);
    const bar = h('span', { class: 'bar-track', 'aria-hidden': 'true' }, h('span', { class: 'bar-fill' }));
    bar.firstChild.style.setProperty('--share', String(Math.max(0, Math.min(1, one.score / most))));
    return h(
      'li', {
        class: `candidate${is ? ' is-chosen' : ''}`, role: 'option', 'aria-selected': is ? 'true' : 'false',
        tabindex: one === stop ? '0' : '-1', data: { key: `candidate-${step.id}-${name}`, name },
        title: is ? 'chosen' : `Choose ${name}`,
        on: { click: () => pick(one), focus: () => lookAt(name) },
      },
      h('span', { class: 'candidate-rank' }, is ? icon('succeeded') : String(all.indexOf(one) + 1)),
      h('span', { class: 'candidate-name' }, name, is ? h('span', { class: 'visually-hidden' }, ', chosen') : null),
      bar,
      h('span', { class: 'candidate-score' }, score(one.score)),
    );
  }

  function lookAt(name) {
    if (focused.get(step.id) === name) return;
    focused.set(step.id, name);
    look?.();
  }

  function pick(one) {
    focused.set(step.id, qualified(one));
    if (isChosen(step, one) || isBusy) look?.();
    else choose(one);
  }

  function walk(event) {
    const rows = [...box.children];
    const at = rows.indexOf(event.target.closest('li'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (at >= 0) pick(list[at]);
    } else if (to !== undefined) {
      event.preventDefault();
      const target = rows[Math.max(0, Math.min(rows.length - 1, to))];
      rows.forEach((one) => one.setAttribute('tabindex', one === target ? '0' : '-1'));
      target.focus();
    }
  }

  const rest = all.length - FIRST;
  const more = rest > 0
    ? h('button', {
      type: 'button', class: 'link-button', 'aria-expanded': unfolded.has(step.id) ? 'true' : 'false', data: { key: `more-${step.id}` },
      on: {
        click: () => {
          if (!unfolded.delete(step.id)) unfolded.add(step.id);
          redraw();
        },
      },
    }, unfolded.has(step.id) ? 'Fewer candidates' : `${rest} more`)
    : null;
  return h('div', { class: 'candidate-box' }, box, more);
}
