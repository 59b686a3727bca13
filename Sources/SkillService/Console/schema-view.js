// A JSON Schema as a table of its properties, with the whole schema behind it.
import { h } from './dom.js';
import { jsonView } from './json-view.js';
import { typeWord } from './value-field.js';

/** The schema; `name` says what it is of. */
export function schemaView(schema, name) {
  const properties = Object.entries(schema?.properties ?? {});
  const required = new Set(schema?.required ?? []);
  return h(
    'div', { class: 'schema' },
    properties.length === 0
      ? h('p', { class: 'muted' }, schema?.type === 'object' ? 'No arguments.' : 'The schema names no properties.')
      : h('div', { class: 'table-box', tabindex: '0', role: 'group', 'aria-label': name },
        h('table', {},
          h('thead', {}, h('tr', {}, ['Name', 'Type', 'What'].map((word) => h('th', { scope: 'col' }, word)))),
          h('tbody', {}, properties.map(([key, value]) => h(
            'tr', {},
            h('th', { scope: 'row' }, h('code', {}, key), required.has(key) ? h('span', { class: 'required' }, ' required') : null),
            h('td', { class: 'nowrap' }, typeWord(value)),
            h('td', {}, value?.description ?? '', details(value)),
          ))))),
    h('details', { class: 'fold' }, h('summary', {}, `${name} as JSON Schema`), jsonView(schema, { label: name, open: true })),
  );
}

function details(schema) {
  const told = [];
  if (Array.isArray(schema?.enum)) told.push(`one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`);
  if (schema?.default !== undefined) told.push(`default ${JSON.stringify(schema.default)}`);
  if (schema?.minimum !== undefined) told.push(`≥ ${schema.minimum}`);
  if (schema?.maximum !== undefined) told.push(`≤ ${schema.maximum}`);
  if (schema?.pattern) told.push(`pattern ${schema.pattern}`);
  return told.length > 0 ? h('div', { class: 'muted' }, told.join(' · ')) : null;
}
