// Each step of a run: state, tools, attempts, what went in and came out; and the log of all events.
import { h } from './dom.js';
import { icon } from './icons.js';
import { jsonView } from './json-view.js';
import { hueOf, stepNumber } from './request-text.js';
import { stateBadge } from './states.js';
import { clock, counted, duration } from './text.js';

/** The steps as things that open; `opened` are the ids a person opened. */
export function runSteps(model, opened, toggle) {
  return model.report.steps.map((step) => card(model, step, opened, toggle));
}

function card(model, step, opened, toggle) {
  const { plan } = model.report;
  const tools = model.toolsOf(step);
  const attempts = model.attemptsOf(step);
  const given = model.argumentsOf(step);
  const node = h(
    'details', { class: `run-step hue-${hueOf(plan, step.id)}`, id: `run-${step.id}`, open: opened.has(step.id), on: { toggle: () => toggle(step.id, node.open) } },
    h(
      'summary', { data: { key: `summary-${step.id}` } },
      stepNumber(plan, step.id),
      h('span', { class: 'run-step-text' }, h('span', { dir: 'auto' }, step.subtask), h('span', { class: 'run-step-tools' }, toolChain(tools))),
      h('span', { class: 'run-step-numbers' },
        attempts > 1 ? h('span', { class: 'muted' }, counted(attempts, 'attempt')) : null,
        Number.isFinite(step.milliseconds) ? h('span', { class: 'number' }, duration(step.milliseconds)) : null,
        stateBadge(model.stateOf(step))),
    ),
    h(
      'div', { class: 'run-step-body' },
      step.why ? h('p', { class: `note tone-${model.stateOf(step) === 'failed' ? 'bad' : 'idle'}` }, icon('warning'), h('span', {}, step.why)) : null,
      h('h3', {}, 'Input'),
      given && Object.keys(given).length > 0 ? jsonView(given, { label: `Input of ${step.id}`, key: `input-${step.id}` }) : h('p', { class: 'muted' }, attempts > 0 ? 'No arguments.' : 'Not known before it is called.'),
      h('h3', {}, 'Output'),
      step.result === undefined ? h('p', { class: 'muted' }, 'No result.') : jsonView(step.result, { label: `Output of ${step.id}`, key: `output-${step.id}` }),
      step.history?.length > 0
        ? [h('h3', {}, 'What happened'), h('ol', { class: 'history' }, step.history.map((line) => h('li', {}, h('time', { datetime: line.at }, clock(line.at)), h('span', {}, line.element === undefined ? '' : `[${line.element}] `, line.text))))]
        : null,
    ),
  );
  return node;
}

function toolChain(tools) {
  if (tools.length === 0) return h('span', { class: 'muted' }, 'no tool');
  return tools.map((tool, index) => [
    index > 0 ? h('span', { class: 'falls' }, icon('fallback'), h('span', { class: 'visually-hidden' }, ' falls back to ')) : null,
    h('code', { class: index < tools.length - 1 ? 'was' : '' }, tool),
  ]);
}

const KINDS = {
  attempt_started: 'play', succeeded: 'succeeded', attempt_failed: 'failed', attempt_lost: 'question', retry_planned: 'retry', fell_back: 'fallback',
  replanned: 'fallback', repaired: 'fallback', asked: 'person', answered: 'person', failed: 'failed', skipped: 'skipped', finished: 'stop', paused: 'paused',
  driven: 'running', cancel_requested: 'cancelled', skill_changed: 'warning', fanned_out: 'pending', unadvised: 'question',
};

const TONES = {
  succeeded: 'good', attempt_failed: 'bad', failed: 'bad', compensation_failed: 'bad', attempt_lost: 'wait', retry_planned: 'wait', fell_back: 'wait', asked: 'wait',
};

const MOST = 400;

/** The events, newest last; only a step's where one is chosen. */
export function eventLog(model, only) {
  const { plan } = model.report;
  const events = model.events.filter((event) => !only || event.step === only);
  if (events.length === 0) return h('p', { class: 'muted' }, 'No events yet.');
  return h(
    'div', { class: 'log-box', tabindex: '0', role: 'group', 'aria-label': 'Events' },
    events.length > MOST ? h('p', { class: 'muted' }, `The last ${MOST} of ${events.length} events.`) : null,
    h('ol', { class: 'log' }, events.slice(-MOST).map((event) => h(
      'li', { class: `log-line tone-${TONES[event.kind] ?? 'idle'}`, data: { kind: event.kind } },
      h('time', { datetime: event.at }, clock(event.at)),
      event.step ? stepNumber(plan, event.step) : h('span', { class: 'step-number hue-none' }, 'run'),
      icon(KINDS[event.kind] ?? 'pending'),
      h('span', { class: 'log-text' }, Number.isInteger(event.element) ? `[${event.element}] ` : '', event.sentence ?? event.kind),
    ))),
  );
}
