// A run as its events tell it, between and beyond the reports that the service gives.

const MOST_EVENTS = 5000;

/** Folds reports (`GET /v1/runs/ID`) and events into what the page shows. Times are milliseconds since 1970. */
export class RunModel {
  /** The last report. */
  report = null;
  phase = 'running';
  events = [];
  /** `{task, step, number, tool, arguments, from, to|null, outcome: running|succeeded|failed|lost, why}` */
  attempts = [];
  /** `{task, step, kind: retry|person, from, to|null}` */
  waits = [];
  fallbacks = [];
  #states = new Map();
  #sequence = 0;

  /** Takes a report in; what events said after it stays. */
  takeReport(report) {
    this.report = report;
    if ((report.sequence ?? Infinity) >= this.#sequence) {
      this.phase = report.phase;
      this.#states.clear();
    }
  }

  /** Takes an event in. */
  takeEvent(event) {
    this.#sequence = Math.max(this.#sequence, event.sequence ?? 0);
    this.events.push(event);
    if (this.events.length > MOST_EVENTS) this.events.shift();
    const at = Date.parse(event.at);
    const step = event.step ?? null;
    const task = step === null ? null : event.element === undefined || event.element === null ? step : `${step}[${event.element}]`;
    const isWhole = task === step;
    switch (event.kind) {
      case 'attempt_started':
        this.#endWaits(task, at);
        this.attempts.push({
          task, step, number: event.attempt ?? 1, tool: [event.skill, event.tool].filter(Boolean).join('.'), arguments: event.arguments ?? null,
          from: at, to: null, outcome: 'running', why: '',
        });
        this.#states.set(step, 'running');
        break;
      case 'succeeded':
        this.#endAttempt(task, at, 'succeeded');
        if (isWhole) this.#states.set(step, 'succeeded');
        break;
      case 'attempt_failed':
        this.#endAttempt(task, at, 'failed', event.failure?.message ?? event.sentence);
        break;
      case 'attempt_lost':
        this.#endAttempt(task, at, 'lost', 'the program stopped while it was under way');
        break;
      case 'retry_planned':
        this.waits.push({ task, step, kind: 'retry', from: at, to: Number.isFinite(event.until) ? Math.max(at, event.until) : null });
        this.#states.set(step, 'waiting to try again');
        break;
      case 'fell_back':
        this.fallbacks.push({ task, step, at, tool: [event.skill, event.tool].filter(Boolean).join('.'), why: event.because ?? event.sentence });
        break;
      case 'asked':
        this.waits.push({ task, step, kind: 'person', from: at, to: null });
        this.#states.set(step, stateAsked(event.question?.kind));
        break;
      case 'answered':
        this.#endWaits(task, at);
        this.#states.set(step, 'pending');
        break;
      case 'failed':
        this.#endAttempt(task, at, 'failed', event.failure?.message);
        this.#endWaits(task, at);
        if (isWhole) this.#states.set(step, 'failed');
        break;
      case 'skipped':
        this.#endWaits(task, at);
        if (isWhole) this.#states.set(step, 'skipped');
        break;
      case 'driven':
        this.phase = 'running';
        break;
      case 'paused':
        this.phase = event.reason === 'waiting' ? 'waiting' : 'interrupted';
        break;
      case 'finished':
        this.phase = event.outcome ?? 'succeeded';
        for (const one of [...this.attempts, ...this.waits]) one.to ??= at;
        break;
      default:
    }
  }

  /** What a step is at. */
  stateOf(step) {
    return this.#states.get(step.id) ?? step.state;
  }

  /** How often a step's tools were called. */
  attemptsOf(step) {
    return Math.max(step.attempts ?? 0, this.attempts.filter((one) => one.step === step.id).length);
  }

  /** The tools a step had, the present one last. */
  toolsOf(step) {
    const later = this.fallbacks.filter((one) => one.step === step.id).map((one) => one.tool);
    return [...new Set([...(step.tools ?? []), ...later])];
  }

  /** What the last call of a step was made with, or what the service says. */
  argumentsOf(step) {
    return this.attempts.findLast((one) => one.step === step.id && one.arguments)?.arguments ?? step.arguments ?? null;
  }

  #endAttempt(task, at, outcome, why = '') {
    const attempt = this.attempts.findLast((one) => one.task === task && one.to === null);
    if (attempt) Object.assign(attempt, { to: at, outcome, why });
  }

  #endWaits(task, at) {
    for (const wait of this.waits) {
      if (wait.task === task && (wait.to === null || wait.to > at)) wait.to = at;
    }
  }
}

function stateAsked(kind) {
  if (kind === 'approval') return 'waiting for approval';
  return kind === 'unknown_outcome' ? 'unknown outcome' : 'waiting for an answer';
}
