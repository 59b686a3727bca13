// What a run asks a person: approvals with the exact arguments, missing values, calls whose outcome nobody knows.
import * as api from './api.js';
import { confirmed } from './dialog.js';
import { button, freshID, h } from './dom.js';
import { icon } from './icons.js';
import { jsonView } from './json-view.js';
import { stepNumber } from './request-text.js';
import { valueField } from './value-field.js';

const TITLES = {
  approval: ['person', 'Approve this call?'],
  argument: ['question', 'A value is missing'],
  unknown_outcome: ['warning', 'Did this call take effect?'],
  changed_skill: ['warning', 'The skill has changed'],
};

/** The questions as cards; `answer` is called with the body of `POST …/answers`, `schemas` knows tools by name. */
export function runQuestions(report, { answer, schemas }) {
  const { questions, plan } = report;
  if (questions.length === 0) return null;
  const approvals = questions.filter((one) => one.kind === 'approval');
  const all = async () => {
    const text = `Each is called with the arguments shown: ${approvals.map((one) => `${one.task} ${one.tool}`).join(', ')}.`;
    if (await confirmed({ title: `Approve ${approvals.length} calls?`, text, yes: 'Approve all' })) answer({ approve: approvals.map((one) => one.task) });
  };
  return h(
    'section', { class: 'questions', 'aria-label': 'What the run asks' },
    h('div', { class: 'part-head' }, h('h2', {}, questions.length === 1 ? 'The run asks' : `The run asks ${questions.length} things`),
      approvals.length > 1 ? button('Approve all', all, { kind: 'small', key: 'approve-all' }) : null),
    questions.map((one) => card(one, plan, { answer, schemas })),
  );
}

function card(question, plan, { answer, schemas }) {
  const { kind, task, tool } = question;
  const [drawing, title] = TITLES[kind] ?? ['question', 'A question'];
  const step = task.replace(/\[\d+\]$/, '');
  const key = `${task}-${kind}-${question.argument ?? ''}`;
  const hasArguments = Object.keys(question.arguments ?? {}).length > 0;
  return h(
    'article', { class: 'question', 'aria-label': `${title} ${task} ${tool}`, data: { task, kind } },
    h('header', {}, icon(drawing), h('h3', {}, title), stepNumber(plan, step), task === step ? null : h('span', { class: 'muted' }, task), h('code', { class: 'tool-name' }, tool)),
    h('p', {}, question.text),
    kind === 'approval' || hasArguments
      ? h('div', { class: 'exact' }, h('p', { class: 'muted' }, kind === 'approval' ? 'It is called with exactly this:' : 'Its arguments:'), jsonView(question.arguments ?? {}, { label: `Arguments of ${task}`, key: `arguments-${key}`, open: true }))
      : null,
    controls(question, { answer, schemas, key }),
  );
}

function controls(question, { answer, schemas, key }) {
  const { kind, task } = question;
  const yes = (text, name = 'primary') => button(text, () => answer({ approve: [task] }), { kind: name, icon: icon('succeeded'), key: `approve-${key}`, 'data-answer': 'approve' });
  const no = (text) => button(text, () => answer({ deny: [task] }), { kind: 'danger', icon: icon('close'), key: `deny-${key}`, 'data-answer': 'deny' });
  if (kind === 'argument') return valueForm(question, { answer, schemas, key, no });
  if (kind === 'unknown_outcome') return h('div', {}, h('div', { class: 'row' }, yes('Call it again', ''), no('Let the step fail')), doneForm(task, { answer, key }));
  return h('div', { class: 'row' }, yes(kind === 'changed_skill' ? 'Go on with the changed skill' : 'Approve'), no('Deny'));
}

function valueForm(question, { answer, schemas, key, no }) {
  const { task, tool, argument } = question;
  const properties = schemas.get(tool)?.input_schema?.properties ?? {};
  const schema = Object.hasOwn(properties, argument) ? properties[argument] : {};
  let value;
  const submit = (event) => {
    event.preventDefault();
    // A field that was never left has not told its value yet.
    event.target.querySelector('input, textarea, select').dispatchEvent(new Event('change'));
    if (value !== undefined && value !== '') answer({ values: { [`${task.replace(/\[\d+\]$/, '')}.${argument}`]: value } });
  };
  return h(
    'form', { on: { submit } },
    valueField({ name: argument, schema, value: undefined, isRequired: true, key: `value-${key}`, commit: (next) => { value = next; } }),
    h('div', { class: 'row' }, h('button', { class: 'button primary', type: 'submit', data: { key: `answer-${key}` } }, 'Answer'), no('Do not: let the step fail')),
  );
}

function doneForm(task, { answer, key }) {
  const id = freshID('done');
  const message = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const field = h('textarea', { id, rows: '3', class: 'mono', spellcheck: 'false', 'aria-describedby': `${id}-error`, value: '{}', data: { key: `done-${key}` } });
  const submit = (event) => {
    event.preventDefault();
    try {
      answer({ done: { [task]: JSON.parse(field.value) } });
    } catch (error) {
      message.textContent = `This is no JSON: ${error.message}`;
    }
  };
  return h(
    'details', { class: 'fold', data: { key: `done-fold-${key}` } },
    h('summary', {}, 'It was done: give its result'),
    h('form', { on: { submit } }, h('label', { for: id }, 'Result as JSON'), field, message, h('button', { class: 'button', type: 'submit' }, 'Use this result')),
  );
}

/** Tools with their schemas, by `skill.tool`, looked up once for each skill that a question is about. */
export class ToolSchemas {
  #tools = new Map();
  #asked = new Set();

  get(name) {
    return this.#tools.get(name);
  }

  /** Looks up what is not known yet; true when something new is. */
  async know(questions, signal) {
    const skills = questions.filter((one) => one.kind === 'argument').map((one) => one.tool.split('.')[0]).filter((id) => id && !this.#asked.has(id));
    let isNew = false;
    for (const id of new Set(skills)) {
      this.#asked.add(id);
      try {
        const skill = await api.skill(id, {}, signal);
        for (const tool of skill.tools ?? []) this.#tools.set(`${id}.${tool.name}`, tool);
        isNew = true;
      } catch {
        // Without a schema the field takes any text.
      }
    }
    return isNew;
  }
}
