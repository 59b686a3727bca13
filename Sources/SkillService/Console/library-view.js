// Library: where skills come from, how fresh they are, and the skills themselves, to page through or to search.
import * as api from './api.js';
import { button, h, redraw, replace } from './dom.js';
import { icon } from './icons.js';
import { announce, empty, loading, problem } from './notices.js';
import { explanation } from './reasons.js';
import { tokenCost } from './token-cost.js';
import { count, counted, moment, qualified, score, skillAddress } from './text.js';

const PAGE = 50;
const PAUSE = 180;

/** Shows the view. */
export function showLibrary({ main, signal, parameters }) {
  const boxes = h('div', { class: 'libraries' }, loading('libraries'));
  const cost = h('section', { class: 'panel', 'aria-label': 'Token cost' }, h('h2', {}, 'What it costs a prompt'), loading('token costs'));
  const list = h('div', { class: 'panel flush', 'aria-live': 'off' }, loading('skills'));
  const field = h('input', { id: 'skill-search', type: 'search', value: parameters.get('q') ?? '', placeholder: 'What should a tool do?', autocomplete: 'off', spellcheck: 'false', maxlength: '2000', data: { search: '' } });
  const reasons = h('input', { id: 'with-reasons', type: 'checkbox' });
  const chosen = h('select', { id: 'library-name' });
  const choice = h('span', { class: 'row', hidden: true }, h('label', { for: 'library-name' }, 'Library'), chosen);
  replace(main,
    h('h1', { tabindex: '-1' }, 'Library'),
    boxes,
    h('div', { class: 'library-columns' },
      h('section', { 'aria-label': 'Skills' },
        h('h2', {}, 'Skills'),
        h('div', { class: 'toolbar' },
          h('span', { class: 'row grow' }, h('label', { for: 'skill-search' }, 'Search'), field),
          h('span', { class: 'row' }, reasons, h('label', { for: 'with-reasons' }, 'with reasons')), choice),
        list),
      cost));

  const skills = new SkillList(list, signal, () => ({ text: field.value.trim(), explain: reasons.checked, library: chosen.value }));
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => skills.show(), PAUSE);
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  field.addEventListener('input', later);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      field.value = '';
      skills.show();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.querySelector('a')?.focus();
    }
  });
  list.addEventListener('keydown', (event) => walk(event, list, field));
  reasons.addEventListener('change', () => skills.show());
  chosen.addEventListener('change', () => {
    skills.show();
    showCost();
  });

  async function showCost() {
    try {
      const told = await api.tokens({ library: chosen.value }, signal);
      replace(cost, h('h2', {}, 'What it costs a prompt'), tokenCost(told));
    } catch (error) {
      if (!signal.aborted) replace(cost, h('h2', {}, 'What it costs a prompt'), problem(error, showCost));
    }
  }

  async function start() {
    try {
      const { libraries } = await api.libraries(signal);
      if (libraries.length === 0) {
        replace(boxes, empty('No library yet.', h('p', {}, 'Make one with ', h('code', {}, 'skillweaver index'), '.')));
        replace(list, empty('No skills.'));
        replace(cost);
        return;
      }
      replace(chosen, libraries.map((one) => h('option', { value: one.name, selected: one.default }, one.name)));
      choice.hidden = libraries.length < 2;
      const draw = (all) => redraw(boxes, all.map((one) => libraryCard(one, async () => {
        try {
          const now = await api.syncLibrary(one.name);
          announce(`${one.name} reads its sources again.`);
          draw(all.map((other) => (other.name === now?.name ? now : other)));
        } catch (error) {
          boxes.append(problem(error));
        }
      })));
      draw(libraries);
    } catch (error) {
      if (signal.aborted) return;
      replace(boxes, problem(error, start));
      replace(list);
      replace(cost);
      return;
    }
    skills.show();
    showCost();
  }
  start();
}

const SYNC = { current: ['succeeded', 'good', 'current'], watching: ['succeeded', 'good', 'watched, current'], updating: ['retry', 'run', 'updating'], failed: ['failed', 'bad', 'failed'], unwatched: ['paused', 'idle', 'not watched'] };

function libraryCard(library, syncNow) {
  const { sync = {} } = library;
  const [drawing, tone, word] = SYNC[sync.state] ?? ['question', 'idle', sync.state ?? 'unknown'];
  const changes = ['added', 'changed', 'removed'].filter((name) => sync[name] > 0).map((name) => `${sync[name]} ${name}`);
  return h(
    'section', { class: 'panel library-card', 'aria-label': `Library ${library.name}` },
    h('div', { class: 'part-head' },
      h('h2', {}, library.name), library.default ? h('span', { class: 'badge tone-idle' }, 'default') : null,
      h('span', { class: `badge tone-${tone}`, data: { sync: sync.state } }, icon(drawing), h('span', {}, word)),
      button('Read sources again', syncNow, { kind: 'small', icon: icon('retry'), key: `sync-${library.name}` })),
    h('dl', { class: 'figures' },
      figure(count(library.skills), 'skills'), figure(count(library.tools), 'tools'), figure(count(library.entries), 'entries'),
      figure(library.model ?? '–', library.dimensions ? `encoder, ${library.dimensions} dimensions` : 'encoder'), figure(count(library.generation), 'generation')),
    h('p', { class: 'muted' }, [sync.last_update ? `last read ${moment(sync.last_update)}` : 'not read since the service began', ...changes].join(' · ')),
    sync.message ? h('p', { class: `note tone-${tone}` }, icon(drawing), h('span', {}, sync.message)) : null,
    h('ul', { class: 'sources', 'aria-label': 'Sources' }, (library.sources ?? []).map((one) => h('li', {}, h('strong', {}, one.name), ' ', h('code', {}, one.location)))),
  );
}

const figure = (value, name) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function walk(event, list, field) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(event.target.closest('a'));
  if (at < 0) return;
  event.preventDefault();
  if (event.key === 'ArrowUp' && at === 0) field.focus();
  else links[Math.min(links.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))]?.focus();
}

/** The skills: a page of all, or what a search finds. A new question makes the one before it stop. */
class SkillList {
  #box;
  #leaving;
  #wanted;
  #call = new AbortController();

  constructor(box, leaving, wanted) {
    this.#box = box;
    this.#leaving = leaving;
    this.#wanted = wanted;
  }

  async show() {
    this.#call.abort();
    this.#call = new AbortController();
    const signal = AbortSignal.any([this.#leaving, this.#call.signal]);
    const { text, explain, library } = this.#wanted();
    this.#box.setAttribute('aria-busy', 'true');
    try {
      if (text) await this.#search(text, explain, library, signal);
      else await this.#page(library, signal);
    } catch (error) {
      if (!signal.aborted) replace(this.#box, problem(error, () => this.show()));
    }
    if (!signal.aborted) this.#box.setAttribute('aria-busy', 'false');
  }

  async #search(text, explain, library, signal) {
    const answer = await api.search({ q: text, top: 20, explain: explain || undefined, library }, signal);
    const most = Math.max(0.0001, ...answer.results.map((one) => one.score));
    replace(this.#box,
      answer.results.length === 0
        ? empty('Nothing comes near.', h('p', { class: 'muted' }, 'Say what should be done rather than a name.'))
        : h('ol', { class: 'found' }, answer.results.map((one) => foundRow(one, most, library))),
      Number.isFinite(answer.milliseconds) ? h('p', { class: 'list-foot muted' }, `${counted(answer.results.length, 'result')} in ${answer.milliseconds.toFixed(1)} ms`) : null);
    announce(`${counted(answer.results.length, 'result')}.`, { isQuiet: true });
  }

  async #page(library, signal) {
    const rows = h('tbody', {});
    const foot = h('div', { class: 'pager' });
    const more = async (cursor) => {
      const answer = await api.skills({ limit: PAGE, cursor, library }, signal);
      for (const one of answer.skills) rows.append(skillRow(one, library));
      replace(foot,
        h('span', { class: 'muted' }, `${count(rows.children.length)} of ${counted(answer.total, 'skill')}`),
        answer.next ? button('More', async (event) => {
          event.target.disabled = true;
          try {
            await more(answer.next);
          } catch (error) {
            if (!signal.aborted) foot.append(problem(error));
          }
        }, { kind: 'small' }) : null);
      return answer;
    };
    const first = await more(undefined);
    replace(this.#box, first.skills.length === 0
      ? empty('This library has no skills.')
      : [h('table', { class: 'rows skills' },
        h('caption', { class: 'visually-hidden' }, 'Skills'),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Skill'), h('th', { scope: 'col', class: 'number' }, 'Tools'), h('th', { scope: 'col' }, 'Source'))), rows), foot]);
  }
}

const skillLink = (id, text, library) => h('a', { class: 'tool-name', href: skillAddress(id, library) }, text);

function skillRow(one, library) {
  return h('tr', {},
    h('td', { class: 'wide-cell' }, skillLink(one.id, one.name || one.id, library), one.name && one.name !== one.id ? h('code', { class: 'muted' }, ` ${one.id}`) : null, h('p', { class: 'clamp', dir: 'auto' }, one.description)),
    h('td', { class: 'number' }, h('span', { class: 'cell-name' }, 'Tools '), count(one.tools)),
    h('td', { class: 'source-cell' }, h('span', { class: 'cell-name' }, 'Source '), one.source));
}

function foundRow(one, most, library) {
  const bar = h('span', { class: 'bar-track', 'aria-hidden': 'true' }, h('span', { class: 'bar-fill' }));
  bar.firstChild.style.setProperty('--share', String(Math.max(0, one.score / most)));
  return h('li', { class: 'found-row' },
    h('div', { class: 'found-head' }, skillLink(one.skill, qualified(one), library), h('span', { class: 'muted' }, one.source ?? ''), bar, h('span', { class: 'candidate-score' }, score(one.score))),
    h('p', { class: 'clamp', dir: 'auto' }, one.description ?? ''),
    one.explanation ? explanation(one, { heading: 'h3' }) : null);
}
