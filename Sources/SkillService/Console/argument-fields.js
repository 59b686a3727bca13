// The arguments a step's tool is called with: typed fields, references to earlier results as chips.
import { button, freshID, h } from './dom.js';
import { icon } from './icons.js';
import { stepNumber } from './request-text.js';
import { valueField } from './value-field.js';

const asking = new Set();

/** The editor of one step's arguments. */
export function argumentFields(desk, step, redraw) {
  const tool = desk.toolOf(step);
  if (!step.tool) return null;
  const schema = tool?.input_schema ?? {};
  const properties = schema.properties ?? {};
  const given = step.arguments ?? {};
  const required = new Set(schema.required ?? []);
  const asked = new Set(desk.plan.questions.filter((one) => one.step === step.id).map((one) => one.argument));
  const names = [...new Set([...Object.keys(given), ...required, ...asked, ...Object.keys(properties)])];
  const isOpen = (name) => Object.hasOwn(given, name) || required.has(name) || asked.has(name) || asking.has(`${step.id} ${name}`);
  const [open, rest] = [names.filter(isOpen), names.filter((name) => !isOpen(name))];
  const about = { desk, step, properties, given, required, redraw };
  return h(
    'div', { class: 'arguments' },
    h('h4', {}, 'Arguments'),
    open.length === 0 ? h('p', { class: 'muted' }, 'None are needed.') : null,
    open.map((name) => argument(name, about)),
    rest.length > 0 ? optional(rest, about) : null,
  );
}

function argument(name, { desk, step, properties, given, required, redraw }) {
  // A tool may call an argument `constructor`.
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  const set = (next) => desk.setArgument(step.id, name, next);
  const earlier = desk.plan.steps.filter((one) => one.id !== step.id && !waitsFor(desk.plan, one.id, step.id));
  if (isReference(value)) return reference(name, value, { desk, step, properties, required, set, earlier });
  const after = earlier.length > 0
    ? button('use a result', () => set({ $from: earlier.at(-1).id, path: '' }), { kind: 'link', key: `use-${step.id}-${name}` })
    : null;
  return valueField({
    name, schema: Object.hasOwn(properties, name) ? properties[name] : {}, value, isRequired: required.has(name), key: `argument-${step.id}-${name}`, after,
    commit: (next) => {
      asking.add(`${step.id} ${name}`);
      if (next === '' && !required.has(name)) set(undefined);
      else set(next);
      redraw();
    },
  });
}

function reference(name, value, { desk, step, properties, required, set, earlier }) {
  const id = freshID('reference');
  const choices = earlier.some((one) => one.id === value.$from) ? earlier : [...earlier, { id: value.$from, subtask: '' }];
  return h(
    'div', { class: 'value-field' },
    h(
      'div', { class: 'field-head' },
      h('span', { class: 'field-name' }, name, required.has(name) ? h('span', { class: 'required' }, ' required') : null),
      referenceChip(desk.plan, value),
      button('', () => set(undefined), { kind: 'quiet icon-only', icon: icon('close'), label: `Give ${name} a value of its own`, key: `own-${step.id}-${name}` }),
    ),
    h(
      'div', { class: 'reference-fields' },
      h('label', { for: `${id}-step` }, 'Result of'),
      h('select', {
        id: `${id}-step`, data: { key: `from-${step.id}-${name}` },
        on: { change: (event) => set({ ...value, $from: event.target.value }) },
      }, choices.map((one) => h('option', { value: one.id, selected: one.id === value.$from }, one.id))),
      h('label', { for: `${id}-path` }, 'at'),
      h('input', {
        id: `${id}-path`, type: 'text', value: value.path ?? '', placeholder: 'all of it', spellcheck: 'false', autocomplete: 'off',
        data: { key: `path-${step.id}-${name}` }, on: { change: (event) => set({ ...value, path: event.target.value }) },
      }),
    ),
    Object.hasOwn(properties, name) && properties[name]?.description ? h('p', { class: 'field-about' }, properties[name].description) : null,
  );
}

function optional(names, { step, redraw }) {
  const id = freshID('optional');
  return h(
    'div', { class: 'row' },
    h('label', { for: id, class: 'muted' }, 'Optional'),
    h('select', {
      id, data: { key: `optional-${step.id}` },
      on: {
        change: (event) => {
          if (!event.target.value) return;
          asking.add(`${step.id} ${event.target.value}`);
          redraw();
        },
      },
    }, h('option', { value: '' }, `${names.length} more`), names.map((name) => h('option', { value: name }, name))),
  );
}

/** Whether a value stands for an earlier step's result. */
export function isReference(value) {
  return value !== null && typeof value === 'object' && typeof value.$from === 'string';
}

/** `s1 → /path` in the hue of the step it comes from. */
export function referenceChip(plan, value) {
  const where = value.path ? value.path : 'whole result';
  return h('span', { class: 'chip' }, stepNumber(plan, value.$from), h('span', { 'aria-hidden': 'true' }, ' → '), h('code', {}, where));
}

function waitsFor(plan, stepID, otherID, seen = new Set()) {
  if (seen.has(stepID)) return false;
  seen.add(stepID);
  const step = plan.steps.find((one) => one.id === stepID);
  return step?.depends_on.some((id) => id === otherID || waitsFor(plan, id, otherID, seen)) ?? false;
}
