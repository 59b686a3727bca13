// Route: a request goes in, a plan comes out, a person looks at it, changes it and runs it.
import * as api from './api.js';
import { forgetLooks } from './candidate-list.js';
import { button, h, redraw, replace } from './dom.js';
import { icon } from './icons.js';
import { announce, empty, loading, problem } from './notices.js';
import { PlanDesk } from './plan-desk.js';
import { planExport, planFacts, planWarnings } from './plan-facts.js';
import { graphSteps, planGraph } from './plan-graph.js';
import { requestText } from './request-text.js';
import { stepCard } from './step-card.js';
import { counted } from './text.js';

const EXAMPLES = [
  'Download the dataset from http://127.0.0.1:8000/sales.csv, transform it, and create a visual report',
  'Find all PDF files in the workspace, extract their text, and write a summary to notes.md',
  'Show the git history of this week and mail it to the team',
];

// The desk outlives the view: the plan is still there when one comes back from a run.
const desk = new PlanDesk();

/** Shows the view. */
export function showRoute({ main, signal }) {
  const trouble = h('div', {});
  const result = h('div', { class: 'route-result' });
  const library = libraryField();
  const field = h('textarea', {
    id: 'request', rows: '3', value: desk.request, maxlength: '20000', dir: 'auto', 'aria-describedby': 'request-help', data: { search: '' },
    placeholder: 'What should be done? “Download the dataset, transform it and create a visual report”',
  });
  const go = button('Route', route, { kind: 'primary', id: 'route-button' });

  function route() {
    const request = field.value.trim();
    if (!request) {
      field.focus();
      announce('Type a request first.');
      return;
    }
    replace(trouble);
    forgetLooks();
    announce('Finding a plan…');
    desk.route(request, library.value);
  }

  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    route();
  });

  const examples = h('div', { class: 'examples' }, h('span', { class: 'muted' }, 'Try'), EXAMPLES.map((text) => button(text, () => {
    field.value = text;
    route();
  }, { kind: 'example' })));

  replace(
    main,
    h('h1', { tabindex: '-1' }, 'Route'),
    h('section', { class: 'composer', 'aria-label': 'Request' },
      h('label', { for: 'request' }, 'Request'),
      field,
      h('div', { class: 'composer-foot' },
        library.node, h('span', { id: 'request-help', class: 'muted keys' }, h('kbd', {}, 'Ctrl'), ' ', h('kbd', {}, 'Enter'), ' routes, ', h('kbd', {}, '/'), ' comes back here'), go)),
    trouble, result,
  );
  library.load(signal);

  const draw = () => {
    go.disabled = desk.isBusy;
    result.setAttribute('aria-busy', String(desk.isBusy));
    result.classList.toggle('is-busy', desk.isBusy && desk.plan !== null);
    if (!desk.plan) replace(result, desk.isBusy ? loading('a plan') : [empty('No plan yet.', h('p', { class: 'muted' }, 'A request is cut into sub-tasks, each gets the tools that fit, and together they become a plan you can look at before anything runs.')), examples]);
    else redraw(result, planParts(draw, trouble, result));
  };
  let said = desk.plan;
  desk.addEventListener('change', () => {
    draw();
    if (desk.isBusy || desk.plan === said) return;
    said = desk.plan;
    announce(`Plan with ${counted(desk.plan?.steps.length ?? 0, 'step')}, ${counted(desk.plan?.questions.length ?? 0, 'question')}.`);
  }, { signal });
  desk.addEventListener('trouble', ({ detail }) => {
    replace(trouble, problem(detail, detail.status === 401 ? route : undefined));
    trouble.scrollIntoView({ block: 'nearest' });
  }, { signal });
  // The drawing's direction depends on the room it has.
  let room = innerWidth;
  addEventListener('resize', () => {
    if (Math.abs(innerWidth - room) < 60) return;
    room = innerWidth;
    draw();
  }, { signal });
  draw();
}

function planParts(draw, trouble, result) {
  const { plan } = desk;
  const go = (id) => {
    const card = document.getElementById(`step-${id}`);
    card?.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    card?.focus({ preventScroll: true });
  };
  const unfit = plan.steps.filter((step) => !step.skill).length;
  const room = Math.max(280, (result.clientWidth || innerWidth) - 34);
  return [
    h('section', { class: 'panel', 'aria-label': 'Sub-tasks' },
      h('div', { class: 'part-head' }, h('h2', {}, 'Sub-tasks'),
        h('span', { class: 'muted' }, [counted(plan.steps.length, 'step'), counted((plan.groups ?? []).length, 'wave'), unfit > 0 ? `${unfit} without a skill` : null, desk.isEdited ? 'edited' : null].filter(Boolean).join(' · '))),
      requestText(plan, go)),
    planWarnings(plan, desk.problems),
    plan.steps.length === 0
      ? empty('Nothing in this request is something the library can do.')
      : h('section', { class: 'panel', 'aria-label': 'Plan' },
        h('h2', {}, 'Plan'),
        h('div', { class: 'graph-box', tabindex: '0', role: 'group', 'aria-label': 'Drawing of the plan' }, planGraph(plan, graphSteps(plan), { room, choose: go }))),
    h('div', { class: 'route-columns' },
      h('section', { class: 'steps', 'aria-label': 'Steps' },
        h('h2', {}, 'Steps'),
        plan.steps.map((step) => stepCard(desk, step, draw))),
      h('div', { class: 'route-side' }, runPanel(trouble), planFacts(plan), planExport(desk))),
  ];
}

let approval = 'ask';
let onFailure = 'keep';

function runPanel(trouble) {
  const { plan } = desk;
  const open = plan.questions.length;
  const isEmpty = plan.steps.every((step) => !step.skill);
  const start = async (event) => {
    const { target } = event;
    target.disabled = true;
    try {
      const body = { plan, approval, on_failure: onFailure };
      if (desk.library) body.library = desk.library;
      const run = await api.startRun(body, crypto.randomUUID());
      announce('The run has started.');
      location.hash = `#/runs/${encodeURIComponent(run.run)}`;
    } catch (error) {
      target.disabled = false;
      replace(trouble, problem(error));
      trouble.scrollIntoView({ block: 'center' });
    }
  };
  const select = (id, label, value, options, set) => h('div', { class: 'pair-field' },
    h('label', { for: id }, label),
    h('select', { id, data: { key: id }, on: { change: (event) => set(event.target.value) } },
      options.map(([name, text]) => h('option', { value: name, selected: name === value }, text))));
  return h(
    'section', { class: 'panel run-panel', 'aria-label': 'Run' },
    h('h2', {}, 'Run'),
    select('approval', 'Calls that change something', approval, [['ask', 'ask me first'], ['auto', 'go ahead'], ['deny', 'refuse']], (value) => { approval = value; }),
    select('on-failure', 'When a step fails', onFailure, [['keep', 'keep what is done'], ['compensate', 'take back what is done']], (value) => { onFailure = value; }),
    open > 0 ? h('p', { class: 'note tone-wait' }, icon('question'), h('span', {}, `${counted(open, 'question')} open: answer here, or when the run asks.`)) : null,
    button('Run this plan', start, { kind: 'primary wide', icon: icon('play'), key: 'run-plan', id: 'run-plan', disabled: desk.isBusy || isEmpty }),
  );
}

/** The choice of a library; hidden while there is only one. */
function libraryField() {
  const select = h('select', { id: 'route-library' });
  const node = h('div', { class: 'row', hidden: true }, h('label', { for: 'route-library' }, 'Library'), select);
  return {
    node,
    get value() { return select.value; },
    async load(signal) {
      try {
        const { libraries } = await api.libraries(signal);
        const chosen = desk.library || libraries.find((one) => one.default)?.name;
        replace(select, libraries.map((one) => h('option', { value: one.name, selected: one.name === chosen }, `${one.name} (${one.skills})`)));
        node.hidden = libraries.length < 2;
      } catch {
        // Routing says what is wrong; without the list the first library is meant.
      }
    },
  };
}
