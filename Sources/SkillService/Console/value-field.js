// A field for one value, of the kind its JSON Schema asks for.
import { freshID, h } from './dom.js';
import { codeName, hiddenIn } from './text.js';

/** What a schema asks for: text, choice, truth, integer, number or json. */
export function kindOf(schema) {
  if (Array.isArray(schema?.enum)) return 'choice';
  const types = [schema?.type ?? schema?.anyOf?.map((one) => one.type) ?? 'any'].flat().filter((type) => type && type !== 'null');
  if (types.length !== 1) return 'json';
  return { string: 'text', boolean: 'truth', integer: 'integer', number: 'number' }[types[0]] ?? 'json';
}

/** The words for a schema's type. */
export function typeWord(schema) {
  if (Array.isArray(schema?.enum)) return 'one of ' + schema.enum.length;
  const types = [schema?.type ?? schema?.anyOf?.map((one) => one.type ?? '?') ?? 'any'].flat();
  const inner = schema?.items?.type ? ` of ${[schema.items.type].flat().join('|')}` : '';
  return types.join('|') + inner;
}

/** Reads what was typed. `{value}`, or `{error}` in words; an empty field is `{value: undefined}`. */
export function readValue(schema, text) {
  const kind = kindOf(schema);
  if (kind === 'text') return { value: text };
  if (text.trim() === '') return { value: undefined };
  if (kind === 'choice') return { value: schema.enum.find((one) => JSON.stringify(one) === text) };
  if (kind === 'truth') return { value: text === 'true' };
  if (kind === 'integer' || kind === 'number') {
    const number = Number(text);
    if (!Number.isFinite(number)) return { error: 'This is no number.' };
    if (kind === 'integer' && !Number.isInteger(number)) return { error: 'This must be a whole number.' };
    return { value: number };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const isAnything = !schema?.type && !schema?.anyOf;
    return isAnything ? { value: text } : { error: `This is no JSON: ${error.message}` };
  }
}

/** A labelled field; `commit` is called with the value (undefined: none) when it was changed to something readable. */
export function valueField({ name, schema, value, isRequired, key, commit, label = name, after = null }) {
  const id = freshID('value');
  const kind = kindOf(schema);
  const message = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const described = schema?.description ? `${id}-about ${id}-error` : `${id}-error`;
  const common = { id, 'aria-describedby': described, 'aria-required': isRequired ? 'true' : null, data: { key }, autocomplete: 'off' };
  const change = (event) => {
    const read = readValue(schema, event.target.value);
    message.textContent = read.error ?? '';
    event.target.setAttribute('aria-invalid', read.error ? 'true' : 'false');
    if (!read.error) commit(read.value);
  };
  const field = control(kind, schema, value, common, change);
  const odd = typeof value === 'string' ? hiddenIn(value) : [];
  return h(
    'div', { class: 'value-field' },
    h(
      'div', { class: 'field-head' },
      h('label', { for: id }, h('span', { class: 'field-name' }, label), isRequired ? h('span', { class: 'required' }, ' required') : null),
      h('span', { class: 'field-type' }, typeWord(schema)), after,
    ),
    field,
    odd.length > 0 ? h('p', { class: 'field-error' }, `Holds characters that cannot be seen: ${odd.map(codeName).join(', ')}`) : null,
    schema?.description ? h('p', { class: 'field-about', id: `${id}-about` }, schema.description) : null,
    message,
  );
}

function control(kind, schema, value, common, change) {
  if (kind === 'choice' || kind === 'truth') {
    const values = kind === 'truth' ? [true, false] : schema.enum;
    const now = JSON.stringify(value);
    const options = values.map((one) => h('option', { value: JSON.stringify(one), selected: JSON.stringify(one) === now }, typeof one === 'string' ? one : JSON.stringify(one)));
    return h('select', { ...common, on: { change } }, h('option', { value: '', selected: value === undefined }, '–'), options);
  }
  if (kind === 'integer' || kind === 'number') {
    return h('input', {
      ...common, type: 'number', step: kind === 'integer' ? '1' : 'any', min: schema.minimum, max: schema.maximum,
      value: value === undefined ? '' : String(value), on: { change },
    });
  }
  const text = value === undefined ? '' : kind === 'text' && typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  if (kind === 'text' && text.length < 90 && !text.includes('\n')) {
    return h('input', { ...common, type: 'text', spellcheck: 'false', value: text, placeholder: example(schema), on: { change } });
  }
  const rows = Math.min(12, Math.max(kind === 'text' ? 3 : 2, text.split('\n').length));
  return h('textarea', { ...common, rows, spellcheck: 'false', value: text, class: kind === 'json' ? 'mono' : null, on: { change } });
}

function example(schema) {
  const given = schema?.default ?? schema?.examples?.[0];
  return given === undefined ? null : `e.g. ${typeof given === 'string' ? given : JSON.stringify(given)}`;
}
