// The plan that is being looked at and edited, and what the service says about it.
import * as api from './api.js';

/** A plan on the desk; it fires `change` after each change and `trouble` (with `detail`) when a call fails. */
export class PlanDesk extends EventTarget {
  request = '';
  library = '';
  /** The plan's JSON as the service gave it, with the edits made since. */
  plan = null;
  /** Skills by id: `{name, description, tools}`. */
  skills = {};
  /** As the service drew it; empty once the plan was edited. */
  mermaid = '';
  problems = [];
  isBusy = false;
  isEdited = false;
  /** Answers of `/v1/search` with reasons, by step id. */
  reasons = new Map();
  #calls = new AbortController();

  /** Finds the plan for a request. */
  async route(request, library) {
    this.#supersede();
    Object.assign(this, { request, library, isBusy: true, problems: [], isEdited: false });
    this.#changed();
    await this.#guarded(async (signal) => {
      const answer = await api.route({ request, ...(library ? { library } : {}) }, signal);
      Object.assign(this, { plan: answer.plan, skills: answer.skills ?? {}, mermaid: answer.mermaid ?? '' });
      this.library = answer.library ?? library;
      this.reasons.clear();
    });
  }

  /** Chooses another candidate for a step; its arguments, and those that read it, are bound anew. */
  async choose(step, { skill, tool }) {
    this.#supersede();
    this.isBusy = true;
    this.#changed();
    await this.#guarded(async (signal) => {
      const body = { plan: this.plan, step, skill, ...(tool ? { tool } : {}) };
      if (this.library) body.library = this.library;
      const answer = await api.choose(body, signal);
      await this.#knowSkill(skill, signal);
      this.plan = answer.plan;
      this.isEdited = true;
      this.mermaid = '';
      await this.#check(signal);
    });
  }

  /** Sets an argument, or takes it away where the value is undefined. */
  async setArgument(stepID, name, value) {
    this.#supersede();
    const plan = structuredClone(this.plan);
    const step = plan.steps.find((one) => one.id === stepID);
    // From pairs, since an assignment to a name such as `__proto__` sets no member.
    const others = Object.entries(step.arguments ?? {}).filter(([other]) => other !== name);
    step.arguments = Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
    // A value that waits for a result orders the steps, too.
    const read = references(value).filter((id) => id !== stepID && !step.depends_on.includes(id));
    step.depends_on = [...step.depends_on, ...read];
    Object.assign(this, { plan, isEdited: true, isBusy: true, mermaid: '' });
    this.#changed();
    await this.#guarded((signal) => this.#check(signal));
  }

  /** Asks why the candidates of a step were found. */
  async explain(stepID) {
    const step = this.plan?.steps.find((one) => one.id === stepID);
    if (!step || this.reasons.has(stepID)) return;
    this.reasons.set(stepID, { isLoading: true, results: [] });
    this.#changed();
    try {
      const answer = await api.search({ q: step.subtask, explain: true, top: 20, library: this.library }, this.#calls.signal);
      this.reasons.set(stepID, { results: answer.results ?? [] });
    } catch (error) {
      if (this.#calls.signal.aborted) this.reasons.delete(stepID);
      else this.reasons.set(stepID, { error, results: [] });
    }
    this.#changed();
  }

  /** The tool a step chose, with its schema, or null. */
  toolOf(step) {
    const skill = Object.hasOwn(this.skills, step.skill) ? this.skills[step.skill] : null;
    return skill?.tools?.find((tool) => tool.name === step.tool) ?? null;
  }

  async #check(signal) {
    const answer = await api.checkPlan(this.plan, this.library || undefined, signal);
    this.problems = answer.problems ?? [];
    if (answer.plan) this.plan = answer.plan;
    else if (answer.questions) this.plan = { ...this.plan, questions: answer.questions };
  }

  async #knowSkill(id, signal) {
    if (Object.hasOwn(this.skills, id)) return;
    const { name, description, tools } = await api.skill(id, { library: this.library }, signal);
    this.skills = { ...this.skills, [id]: { name, description, tools } };
  }

  async #guarded(work) {
    const { signal } = this.#calls;
    try {
      await work(signal);
    } catch (error) {
      if (signal.aborted) return;
      this.dispatchEvent(new CustomEvent('trouble', { detail: error }));
    }
    if (signal.aborted) return;
    this.isBusy = false;
    this.#changed();
  }

  /** What is still on its way no longer matters. */
  #supersede() {
    this.#calls.abort();
    this.#calls = new AbortController();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Ids of the steps a value refers to, however deep. */
export function references(value) {
  if (Array.isArray(value)) return value.flatMap(references);
  if (value === null || typeof value !== 'object') return [];
  if (typeof value.$from === 'string') return [value.$from];
  return Object.values(value).flatMap(references);
}
