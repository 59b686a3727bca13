// What a plan cost, what it warns of, and the plan as text to take away.
import { button, h } from './dom.js';
import { icon } from './icons.js';
import { copyButton, download, jsonView } from './json-view.js';
import { planMermaid } from './plan-mermaid.js';
import { stepNumber } from './request-text.js';
import { count, duration } from './text.js';

const PHASES = [['decompose_ms', 'Decompose'], ['refine_ms', 'Refine'], ['retrieve_ms', 'Retrieve'], ['compose_ms', 'Compose']];

/** Times of the phases as bars that add up, and tokens. */
export function planFacts(plan) {
  const timings = plan.timings ?? {};
  const total = Math.max(timings.total_ms ?? 0, 0.001);
  const { prompt = 0, completion = 0, source = '' } = plan.tokens ?? {};
  let before = 0;
  return h(
    'section', { class: 'panel facts', 'aria-label': 'Time and tokens' },
    h('h2', {}, 'Time and tokens'),
    h('table', { class: 'timings' }, h('caption', { class: 'visually-hidden' }, 'Time of each phase'),
      h('tbody', {}, PHASES.filter(([key]) => Number.isFinite(timings[key])).map(([key, name]) => {
        const bar = h('span', { class: 'time-bar', 'aria-hidden': 'true' });
        bar.style.setProperty('--from', String(Math.min(1, before / total)));
        bar.style.setProperty('--share', String(Math.min(1, timings[key] / total)));
        before += timings[key];
        return h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'number' }, duration(timings[key])), h('td', { class: 'wide-cell' }, bar));
      })),
      h('tfoot', {}, h('tr', {}, h('th', { scope: 'row' }, 'Total'), h('td', { class: 'number' }, duration(timings.total_ms)), h('td', { class: 'wide-cell' })))),
    h('dl', { class: 'pairs' },
      h('div', {}, h('dt', {}, 'Decomposer'), h('dd', {}, plan.decomposer ?? '–')),
      h('div', {}, h('dt', {}, 'Prompt tokens'), h('dd', {}, count(prompt))),
      h('div', {}, h('dt', {}, 'Completion tokens'), h('dd', {}, count(completion))),
      h('div', {}, h('dt', {}, 'Token figures'), h('dd', {}, prompt + completion === 0 ? 'no model was asked' : source))),
  );
}

/** Flags, problems and remarks, each with a word and a drawing. */
export function planWarnings(plan, problems) {
  const flags = (plan.flags ?? []).map((flag) => note('bad', 'warning', 'Flag', [
    h('strong', {}, (flag.kind ?? '').replaceAll('_', ' ')), ': ', flag.from ? [stepNumber(plan, flag.from), ' → ', stepNumber(plan, flag.to), ' '] : null, flag.why,
  ]));
  const faults = problems.map((text) => note('bad', 'failed', 'Cannot run yet', text));
  const remarks = (plan.diagnostics ?? []).map((one) => note('idle', 'question', 'Remark', typeof one === 'string' ? one : one.message ?? JSON.stringify(one)));
  const all = [...faults, ...flags, ...remarks];
  return all.length > 0 ? h('ul', { class: 'notes', 'aria-label': 'Warnings' }, all) : null;
}

function note(tone, drawing, word, text) {
  return h('li', { class: `note tone-${tone}` }, icon(drawing), h('span', {}, h('span', { class: 'note-word' }, `${word}: `), text));
}

/** The plan as JSON and as a Mermaid diagram. */
export function planExport(desk) {
  const json = JSON.stringify(desk.plan, null, 2);
  const mermaid = desk.mermaid || planMermaid(desk.plan);
  return h(
    'section', { class: 'panel', 'aria-label': 'Take the plan away' },
    h('h2', {}, 'Take it away'),
    h('div', { class: 'row' },
      copyButton(json, 'plan JSON', 'Copy plan JSON'),
      button('Download', () => download(json, 'plan.json'), { kind: 'small', icon: icon('download'), key: 'download-plan', label: 'Download plan.json' })),
    h('p', { class: 'muted' }, 'Runs with ', h('code', {}, 'skillweaver run --plan plan.json')),
    h('details', { class: 'fold', data: { key: 'mermaid' } }, h('summary', {}, 'Mermaid text'),
      h('pre', { tabindex: '0', 'aria-label': 'Mermaid text' }, h('code', {}, mermaid)), copyButton(mermaid, 'Mermaid text', 'Copy Mermaid')),
    h('details', { class: 'fold', data: { key: 'plan-json' } }, h('summary', {}, 'Plan JSON'), jsonView(desk.plan, { label: 'Plan JSON', key: 'plan-json-inner', open: true })),
  );
}
