// Runs: all of them, newest first, filtered by phase.
import * as api from './api.js';
import { button, h, redraw, replace } from './dom.js';
import { announce, empty, loading, problem } from './notices.js';
import { isFinished, stateBadge, stateOf } from './states.js';
import { counted, moment } from './text.js';

const PHASES = ['running', 'waiting', 'interrupted', 'succeeded', 'failed', 'cancelled'];
const PAGE = 25;
const EVERY = 5000;

/** Shows the view. */
export function showRuns({ main, signal, parameters }) {
  const phase = PHASES.includes(parameters.get('phase')) ? parameters.get('phase') : '';
  const box = h('div', { class: 'panel flush' }, loading('runs'));
  const words = h('input', { id: 'run-words', type: 'search', placeholder: 'Words of the request', autocomplete: 'off', spellcheck: 'false', data: { search: '' }, on: { input: draw } });
  const filter = h('select', { id: 'run-phase', on: { change: () => { location.hash = filter.value ? `#/runs?phase=${filter.value}` : '#/runs'; } } },
    h('option', { value: '' }, 'all'), PHASES.map((name) => h('option', { value: name, selected: name === phase }, stateOf(name).word)));
  let pages = [];
  let next = null;

  replace(main,
    h('h1', { tabindex: '-1' }, 'Runs'),
    h('div', { class: 'toolbar' },
      h('span', { class: 'row' }, h('label', { for: 'run-phase' }, 'Phase'), filter),
      h('span', { class: 'row grow' }, h('label', { for: 'run-words' }, 'Find'), words),
      button('Refresh', () => load(true), { kind: 'small', id: 'refresh' })),
    box);

  async function load(isAsked = false) {
    try {
      const answer = await api.runs({ phase, limit: PAGE }, signal);
      // Older pages stay behind the first one.
      const fresh = new Set(answer.runs.map((run) => run.run));
      const isSame = JSON.stringify(pages.slice(0, answer.runs.length)) === JSON.stringify(answer.runs);
      if (pages.length <= PAGE) next = answer.next;
      if (isSame && pages.length > 0 && !isAsked) return again();
      pages = [...answer.runs, ...pages.slice(PAGE).filter((run) => !fresh.has(run.run))];
      draw();
      if (isAsked) announce(`${counted(pages.length, 'run')} shown.`);
      return again();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (pages.length === 0 || error.status === 401) replace(box, problem(error, () => { replace(box, loading('runs')); load(); }));
      return undefined;
    }
  }

  async function older(event) {
    event.target.disabled = true;
    try {
      const answer = await api.runs({ phase, limit: PAGE, after: next }, signal);
      pages = [...pages, ...answer.runs];
      next = answer.next;
      draw();
    } catch (error) {
      if (!signal.aborted) box.append(problem(error));
    }
  }

  let timer;
  function again() {
    clearTimeout(timer);
    if (!signal.aborted && pages.some((run) => !isFinished(run.phase))) timer = setTimeout(() => (document.hidden ? again() : load()), EVERY);
  }
  signal.addEventListener('abort', () => clearTimeout(timer));

  function draw() {
    const wanted = words.value.trim().toLowerCase();
    const runs = pages.filter((run) => !wanted || run.request.toLowerCase().includes(wanted) || run.run.toLowerCase().includes(wanted));
    if (pages.length === 0) {
      replace(box, empty(phase ? `No run is ${stateOf(phase).word}.` : 'No runs yet.', h('p', {}, h('a', { href: '#/route' }, 'Route a request'), ' and run its plan.')));
      return;
    }
    redraw(box,
      runs.length === 0 ? empty('No request here holds these words.') : table(runs),
      next ? h('div', { class: 'pager' }, button('Older runs', older, { kind: 'small', key: 'older' })) : null);
  }

  load();
}

function table(runs) {
  return h(
    'table', { class: 'rows runs' },
    h('caption', { class: 'visually-hidden' }, 'Runs, newest first'),
    h('thead', {}, h('tr', {}, ['Phase', 'Request', 'Steps', 'Started', 'Last change'].map((name) => h('th', { scope: 'col', class: name === 'Steps' ? 'number' : null }, name)))),
    h('tbody', {}, runs.map((run) => h(
      'tr', { data: { run: run.run } },
      h('td', {}, stateBadge(run.phase)),
      h('td', { class: 'wide-cell' }, h('a', { href: `#/runs/${encodeURIComponent(run.run)}`, dir: 'auto', data: { key: `run-${run.run}` } }, run.request || '(no request)'), h('span', { class: 'run-id muted' }, run.run)),
      h('td', { class: 'number' }, h('span', { class: 'cell-name' }, 'Steps '), String(run.steps)),
      h('td', { class: 'nowrap' }, h('span', { class: 'cell-name' }, 'Started '), h('time', { datetime: run.created_at }, moment(run.created_at))),
      h('td', { class: 'nowrap' }, h('span', { class: 'cell-name' }, 'Changed '), h('time', { datetime: run.updated_at }, moment(run.updated_at))),
    ))),
  );
}
