// One run, live: its graph, its questions, its timeline, its steps and its events.
import * as api from './api.js';
import { confirmed } from './dialog.js';
import { button, h, redraw, replace } from './dom.js';
import { follow } from './events.js';
import { icon } from './icons.js';
import { jsonView } from './json-view.js';
import { announce, loading, problem } from './notices.js';
import { graphSteps, planGraph } from './plan-graph.js';
import { RunModel } from './run-model.js';
import { ToolSchemas, runQuestions } from './run-questions.js';
import { eventLog, runSteps } from './run-steps.js';
import { runTimeline } from './run-timeline.js';
import { isFinished, stateBadge, stateOf } from './states.js';
import { counted, duration, moment } from './text.js';

/** Shows the run with this id. */
export function showRun({ main, signal, id }) {
  const heading = h('h1', { tabindex: '-1' }, 'Run ', h('span', { class: 'run-id' }, id));
  const trouble = h('div', {});
  const body = h('div', {}, loading('the run'));
  replace(main, h('p', { class: 'crumbs' }, h('a', { href: '#/runs' }, '← Runs')), heading, trouble, body);
  new RunPage(id, body, trouble, signal).start();
}

class RunPage {
  #id;
  #body;
  #trouble;
  #signal;
  #model = new RunModel();
  #schemas = new ToolSchemas();
  #opened = new Set();
  #only = '';
  #connection = { name: 'connecting' };
  #parts = null;
  #drawn = new Map();
  #isReading = false;
  #wantsReading = false;
  #isDue = false;

  constructor(id, body, trouble, signal) {
    this.#id = id;
    this.#body = body;
    this.#trouble = trouble;
    this.#signal = signal;
  }

  async start() {
    try {
      const report = await api.run(this.#id, this.#signal);
      this.#model.takeReport(report);
    } catch (error) {
      if (!this.#signal.aborted) {
        replace(this.#body, problem(error, () => {
          replace(this.#body, loading('the run'));
          this.start();
        }));
      }
      return;
    }
    this.#parts = Object.fromEntries(['head', 'questions', 'graph', 'timeline', 'steps', 'log'].map((name) => [name, h('div', { class: `run-part run-${name}` })]));
    const { head, questions, graph, timeline, steps, log } = this.#parts;
    replace(this.#body, head, questions,
      h('section', { class: 'panel', 'aria-label': 'Plan' }, h('h2', {}, 'Plan'), graph),
      h('section', { class: 'panel', 'aria-label': 'Timeline' }, h('h2', {}, 'Timeline'), timeline),
      h('div', { class: 'run-columns' },
        h('section', { 'aria-label': 'Steps' }, h('h2', {}, 'Steps'), steps),
        h('section', { class: 'panel', 'aria-label': 'Event log' }, this.#logHead(), log)));
    this.#draw();
    this.#learnSchemas();
    addEventListener('resize', () => this.#later(), { signal: this.#signal });
    const ticking = setInterval(() => this.#tick(), 500);
    this.#signal.addEventListener('abort', () => clearInterval(ticking));
    follow(this.#id, {
      signal: this.#signal,
      on: {
        state: (name, more) => this.#connected(name, more),
        event: (event) => {
          this.#model.takeEvent(event);
          if (['asked', 'failed', 'finished'].includes(event.kind)) announce([event.step, event.sentence].filter(Boolean).join(' '), { isQuiet: true });
          this.#read();
          this.#later();
        },
        end: ({ phase }) => {
          if (phase) this.#model.phase = phase;
          this.#read();
          this.#later();
        },
      },
    });
  }

  #connected(name, more) {
    this.#connection = { name, more };
    if (name === 'refused') replace(this.#trouble, problem(more));
    this.#later();
  }

  /** Reads the report again; while one is on its way, once more afterwards. */
  async #read() {
    if (this.#isReading) {
      this.#wantsReading = true;
      return;
    }
    this.#isReading = true;
    do {
      this.#wantsReading = false;
      try {
        this.#model.takeReport(await api.run(this.#id, this.#signal));
      } catch {
        // The stream goes on telling; its state says when the service is away.
        break;
      }
      this.#later();
      this.#learnSchemas();
    } while (this.#wantsReading && !this.#signal.aborted);
    this.#isReading = false;
  }

  async #learnSchemas() {
    if (await this.#schemas.know(this.#model.report.questions, this.#signal)) {
      this.#drawn.delete('questions');
      this.#later();
    }
  }

  /** Draws once for all that happened in this frame. */
  #later() {
    if (this.#isDue || !this.#parts) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (!this.#signal.aborted) this.#draw();
    });
  }

  #tick() {
    if (this.#model.attempts.some((one) => one.to === null) || this.#model.waits.some((one) => one.to === null || one.to > Date.now() - 600)) this.#later();
  }

  /** Draws a part only when what it shows is another than before. */
  #part(name, shown, build) {
    const text = JSON.stringify(shown);
    if (this.#drawn.get(name) === text) return;
    this.#drawn.set(name, text);
    redraw(this.#parts[name], build());
  }

  #draw() {
    const model = this.#model;
    const { report } = model;
    const now = isFinished(model.phase) ? Math.max(0, ...model.events.map((event) => Date.parse(event.at))) : Date.now();
    this.#part('head', [model.phase, report.driving, report.updated_at, this.#connection, report.request, report.problem], () => this.#head());
    this.#part('questions', [report.questions], () => (isFinished(model.phase) ? null : runQuestions(report, { answer: (body) => this.#answer(body), schemas: this.#schemas })));
    const nodes = this.#nodes();
    const room = Math.max(280, this.#parts.graph.clientWidth - 4);
    this.#part('graph', [nodes, room, this.#only], () => h('div', { class: 'graph-box', tabindex: '0', role: 'group', 'aria-label': 'Drawing of the run' },
      planGraph(report.plan, nodes, { room, label: 'Run', chosen: this.#only, choose: (id) => this.#choose(id) })));
    this.#part('timeline', [model.attempts, model.waits, model.fallbacks, Math.round(now / 200)], () => runTimeline(model, now));
    this.#part('steps', [report.steps, report.steps.map((step) => [model.stateOf(step), model.attemptsOf(step), model.toolsOf(step), model.argumentsOf(step)]), [...this.#opened]],
      () => runSteps(model, this.#opened, (id, isOpen) => (isOpen ? this.#opened.add(id) : this.#opened.delete(id))));
    this.#part('log', [model.events.length, this.#only], () => eventLog(model, this.#only));
  }

  #nodes() {
    const model = this.#model;
    const steps = new Map(model.report.steps.map((step) => [step.id, step]));
    return graphSteps(model.report.plan, (planned) => {
      const step = steps.get(planned.id);
      if (!step) return {};
      const tools = model.toolsOf(step);
      const [skill, ...tool] = (tools.at(-1) ?? '').split('.');
      const attempts = model.attemptsOf(step);
      const notes = [attempts > 1 ? counted(attempts, 'attempt') : null, tools.length > 1 ? 'fell back' : null];
      return {
        state: model.stateOf(step), note: notes.filter(Boolean).join(', '),
        ...(tools.length > 0 ? { title: tool.join('.') || skill, subtitle: tool.length > 0 ? skill : '' } : {}),
      };
    });
  }

  #choose(id) {
    this.#only = this.#only === id ? '' : id;
    this.#opened.add(id);
    const field = document.getElementById('log-step');
    if (field) field.value = this.#only;
    this.#draw();
    const card = document.getElementById(`run-${id}`);
    if (this.#only) card?.scrollIntoView({ block: 'nearest' });
  }

  #logHead() {
    const field = h('select', { id: 'log-step', on: { change: () => { this.#only = field.value; this.#draw(); } } },
      h('option', { value: '' }, 'all steps'), this.#model.report.steps.map((step) => h('option', { value: step.id }, step.id)));
    return h('div', { class: 'part-head' }, h('h2', {}, 'Events'), h('div', { class: 'row' }, h('label', { for: 'log-step', class: 'muted' }, 'of'), field));
  }

  #head() {
    const { report, phase } = this.#model;
    const isOver = isFinished(phase);
    const took = Date.parse(report.updated_at) - Date.parse(report.created_at);
    return h(
      'div', { class: 'run-header' },
      h('p', { class: 'run-request', dir: 'auto' }, report.request),
      h('div', { class: 'run-facts' },
        stateBadge(phase), this.#connectionBadge(isOver),
        h('span', { class: 'muted' }, `started ${moment(report.created_at)}`),
        isOver ? h('span', { class: 'muted' }, `took ${duration(took)}`) : h('span', { class: 'muted' }, phase === 'waiting' ? 'goes on when you answer' : report.driving === false ? 'nobody drives it' : 'this service drives it')),
      report.problem ? h('p', { class: 'note tone-bad' }, icon('warning'), h('span', {}, report.problem)) : null,
      h('div', { class: 'row' },
        !isOver && report.driving === false && phase !== 'waiting' ? button('Resume', () => this.#act(() => api.resumeRun(this.#id), 'The run goes on.'), { kind: 'primary', icon: icon('play'), key: 'resume' }) : null,
        isOver ? null : button('Cancel run', () => this.#cancel(), { kind: 'danger', icon: icon('stop'), key: 'cancel' }),
        isOver ? button('Remove', () => this.#remove(), { kind: 'small', key: 'remove' }) : null),
      h('details', { class: 'fold', data: { key: 'run-plan-json' } }, h('summary', {}, 'Plan JSON'), jsonView(report.plan, { label: 'Plan JSON', key: 'run-plan-inner', open: true })),
    );
  }

  #connectionBadge(isOver) {
    const { name, more } = this.#connection;
    const [word, drawing, tone] = {
      connecting: ['connecting', 'running', 'idle'],
      live: ['live', 'running', 'run'],
      waiting: [`no connection, next try in ${duration(more)}`, 'warning', 'wait'],
      ended: ['complete', 'succeeded', 'idle'],
      refused: ['not allowed', 'failed', 'bad'],
    }[isOver && name === 'live' ? 'ended' : name];
    return h('span', { class: `badge tone-${tone}`, data: { connection: name } }, icon(drawing), h('span', {}, `events: ${word}`));
  }

  async #act(work, said) {
    replace(this.#trouble);
    try {
      const report = await work();
      if (report?.run) this.#model.takeReport(report);
      announce(said);
      this.#later();
    } catch (error) {
      replace(this.#trouble, problem(error));
      this.#trouble.scrollIntoView({ block: 'nearest' });
      this.#read();
    }
  }

  #answer(body) {
    const words = body.approve ? 'Approved.' : body.deny ? 'Denied.' : 'Answered.';
    return this.#act(() => api.answerRun(this.#id, body), words);
  }

  async #cancel() {
    const running = this.#model.report.steps.filter((step) => stateOf(this.#model.stateOf(step)).tone === 'run').length;
    const text = `${running > 0 ? `${counted(running, 'step')} under way will be stopped. ` : ''}What is done stays done. A cancelled run cannot go on.`;
    if (await confirmed({ title: 'Cancel this run?', text, yes: 'Cancel the run', danger: true })) this.#act(() => api.cancelRun(this.#id), 'The run is cancelled.');
  }

  async #remove() {
    if (!(await confirmed({ title: 'Remove this run?', text: 'Its journal, inputs and outputs are removed for good.', yes: 'Remove', danger: true }))) return;
    await this.#act(async () => {
      await api.removeRun(this.#id);
      location.hash = '#/runs';
    }, 'The run is removed.');
  }
}
