// Starts the console: takes the token, draws the bar, and shows the view that the address names.
import * as api from './api.js';
import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { announce } from './notices.js';
import { applyScheme, schemeButton } from './scheme.js';
import { takeTokenFromAddress, token } from './session.js';
import { showBenchmarks } from './benchmarks-view.js';
import { showLibrary } from './library-view.js';
import { showRoute } from './route-view.js';
import { showRun } from './run-view.js';
import { showRuns } from './runs-view.js';
import { showSkill } from './skill-view.js';

const VIEWS = {
  route: { title: 'Route', show: showRoute },
  runs: { title: 'Runs', show: showRuns, one: showRun },
  library: { title: 'Library', show: showLibrary, one: showSkill },
  benchmarks: { title: 'Benchmarks', show: showBenchmarks },
};

const main = document.getElementById('main');
let leaving = new AbortController();
let isFirst = true;

/** `#/runs/ID?phase=failed` as view, id and parameters. */
function place() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  let id = rest.join('/');
  try {
    id = decodeURIComponent(id);
  } catch {
    // An address typed by hand: its text as it stands.
  }
  return { name: VIEWS[name] ? name : 'route', id, parameters: new URLSearchParams(query ?? '') };
}

function show() {
  const { name, id, parameters } = place();
  leaving.abort();
  leaving = new AbortController();
  document.getElementById('status').classList.remove('is-shown');
  const view = VIEWS[name];
  for (const link of document.querySelectorAll('.views a')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${id ? `${id} · ` : ''}${view.title} · SkillWeaver`;
  main.replaceChildren();
  main.dataset.view = id && view.one ? `${name}-one` : name;
  const context = { main, signal: leaving.signal, parameters, id };
  (id && view.one ? view.one : view.show)(context);
  scrollTo(0, 0);
  if (!isFirst) main.querySelector('h1')?.focus({ preventScroll: true });
  isFirst = false;
}

/** What the service is and who the caller is, at the right of the bar. */
async function drawService() {
  const place = document.getElementById('service');
  try {
    const told = await api.service();
    const scopes = told.scopes ?? [];
    const who = told.authenticated ? (scopes.includes('admin') ? 'admin' : scopes.join(', ')) : 'no token';
    replace(
      place,
      h('span', { class: 'service-text', title: `Scopes: ${scopes.join(', ') || 'none'}; steps are found by the ${told.decomposer} decomposer` },
        icon(told.authenticated ? 'key' : 'warning'), h('span', {}, `${told.version ?? ''} · ${who}`)),
    );
  } catch (error) {
    const word = error.status === 401 ? (token() ? 'token not accepted' : 'no token') : 'no answer';
    replace(place, h('span', { class: 'service-text' }, icon('warning'), h('span', {}, word)));
  }
}

function typesText(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return;
  const field = main.querySelector('[data-search]');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// The fragment is the console's address, so the skip link must not change it.
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

addEventListener('hashchange', () => {
  if (takeTokenFromAddress()) drawService();
  show();
});
addEventListener('token-changed', drawService);

applyScheme();
takeTokenFromAddress();
document.getElementById('bar-tools').append(h('span', { id: 'service' }), schemeButton(announce));
drawService();
show();
