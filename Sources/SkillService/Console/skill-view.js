// One skill: its document, its tools with their schemas, and what it costs a prompt.
import * as api from './api.js';
import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { jsonView } from './json-view.js';
import { markdown } from './markdown.js';
import { linkTo } from './markdown-inline.js';
import { loading, problem } from './notices.js';
import { schemaView } from './schema-view.js';
import { tokenCost } from './token-cost.js';
import { count, counted } from './text.js';

/** Shows the skill with this id. */
export async function showSkill({ main, signal, id, parameters }) {
  const library = parameters.get('library') ?? undefined;
  const heading = h('h1', { tabindex: '-1' }, id);
  const body = h('div', {}, loading('the skill'));
  replace(main, h('p', { class: 'crumbs' }, h('a', { href: '#/library' }, '← Library')), heading, body);
  const load = async () => {
    try {
      const skill = await api.skill(id, { library }, signal);
      replace(heading, skill.name || skill.id);
      replace(body, parts(skill));
    } catch (error) {
      if (!signal.aborted) replace(body, problem(error, load));
      return;
    }
    const cost = body.querySelector('#library-cost');
    try {
      replace(cost, tokenCost(await api.tokens({ library }, signal)));
    } catch (error) {
      if (!signal.aborted) replace(cost, problem(error));
    }
  };
  await load();
}

function parts(skill) {
  return [
    h('p', { class: 'lead', dir: 'auto' }, skill.description),
    h('div', { class: 'skill-columns' },
      h('div', {},
        h('section', { class: 'panel', 'aria-label': 'Document' },
          h('h2', {}, 'Document'),
          skill.document ? markdown(skill.document) : h('p', { class: 'muted' }, 'This skill has no document.'),
          skill.document ? h('details', { class: 'fold' }, h('summary', {}, 'Source text'), h('pre', { tabindex: '0', 'aria-label': 'Source text' }, h('code', {}, skill.document))) : null),
        h('section', { class: 'panel', 'aria-label': 'Tools' },
          h('h2', {}, counted(skill.tools?.length ?? 0, 'tool')),
          (skill.tools ?? []).map(toolCard))),
      h('div', { class: 'route-side' }, about(skill), costs(skill))),
  ];
}

function toolCard(tool) {
  return h(
    'article', { class: 'tool-card' },
    h('header', {}, h('h3', {}, h('code', {}, tool.name)), effect(tool)),
    h('p', { dir: 'auto' }, tool.description),
    schemaView(tool.input_schema, `Arguments of ${tool.name}`),
    tool.output_schema ? h('details', { class: 'fold' }, h('summary', {}, 'What it returns'), jsonView(tool.output_schema, { label: `Result of ${tool.name}`, open: true })) : null,
  );
}

/** What a tool may do; without a word it counts as destructive. */
function effect(tool) {
  if (tool.read_only) return h('span', { class: 'badge tone-good' }, icon('succeeded'), h('span', {}, 'reads only'));
  if (tool.destructive === false) return h('span', { class: 'badge tone-idle' }, icon('pending'), h('span', {}, 'writes, destroys nothing'));
  return h('span', { class: 'badge tone-wait' }, icon('warning'), h('span', {}, 'may destroy'));
}

function about(skill) {
  const origin = skill.origin?.file ? `${skill.origin.file}${skill.origin.line ? `:${skill.origin.line}` : ''}` : null;
  const pairs = [
    ['Id', h('code', {}, skill.id)], ['Source', skill.source], ['File', origin ? h('code', {}, origin) : null],
    ['Address', skill.url ? linkTo(skill.url, [skill.url], skill.url) : null],
    ['License', skill.license], ['Category', skill.category], ['Tags', skill.tags?.length ? skill.tags.join(', ') : null],
  ];
  return h('section', { class: 'panel', 'aria-label': 'About' }, h('h2', {}, 'About'),
    h('dl', { class: 'pairs' }, pairs.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))));
}

function costs(skill) {
  const cost = skill.tokens ?? {};
  return h('section', { class: 'panel', 'aria-label': 'Token cost' },
    h('h2', {}, 'What it costs a prompt'),
    h('dl', { class: 'pairs' },
      [['In the menu', cost.menu_line], ['Document, when loaded', cost.document], ['Schemas, when loaded', cost.schemas]].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, `${count(value)} tokens`)))),
    cost.source ? h('p', { class: 'muted' }, `Tokens are ${cost.source}.`) : null,
    h('h3', {}, 'The whole library'),
    h('div', { id: 'library-cost' }, loading('token costs')));
}
