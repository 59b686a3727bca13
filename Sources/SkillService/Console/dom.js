// Builds elements from data. All text enters the page here, as text nodes, never as markup.
import { codeName, codeTitle, eachPiece, plain } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const TEXT_ONLY = new Set(['option', 'textarea', 'title', 'text', 'tspan']);

/** An HTML element: attributes, `on` for listeners, `data` for data attributes; null and false children are left out. */
export function h(tag, attributes, ...children) {
  return filled(document.createElement(tag), tag, attributes, children);
}

/** An SVG element, built the same way. */
export function s(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), tag, attributes, children);
}

function filled(node, tag, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === 'data') {
      for (const [key, text] of Object.entries(value)) if (text != null) node.dataset[key] = text;
    } else if (name === 'value') {
      if (tag === 'input') node.defaultValue = value;
      else if (tag === 'option' || tag === 'progress' || tag === 'meter') node.setAttribute('value', value);
      else node.value = value;
    } else {
      node.setAttribute(name, value === true ? '' : plain(value));
    }
  }
  if (tag === 'textarea') node.defaultValue = String(attributes?.value ?? '');
  else add(node, children, TEXT_ONLY.has(tag));
  return node;
}

/** Appends children; strings become text in which hidden characters can be seen. */
export function add(node, children, textOnly = false) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    if (child instanceof Node) node.append(child);
    else if (textOnly) node.append(document.createTextNode(plain(child)));
    else node.append(shown(child));
  }
  return node;
}

/** A text as nodes: what hides or reorders becomes a small label with its code. */
export function shown(text) {
  const nodes = document.createDocumentFragment();
  eachPiece(
    text,
    (piece) => nodes.append(document.createTextNode(piece)),
    (character) => {
      const label = document.createElement('span');
      label.className = 'hidden-character';
      label.title = codeTitle(character);
      label.textContent = codeName(character);
      nodes.append(label);
    },
  );
  return nodes;
}

/** Puts children in the place of all there were. */
export function replace(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

/** Builds a part anew while focus, selection, opened details and half-typed values stay as they were. */
export function redraw(node, ...children) {
  const kept = remembered(node);
  replace(node, ...children);
  kept();
}

function remembered(node) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.closest('[data-key]')?.dataset.key;
  const selection = selectionOf(active);
  const opened = new Map();
  const typed = new Map();
  for (const element of node.querySelectorAll('[data-key]')) {
    if (element instanceof HTMLDetailsElement) opened.set(element.dataset.key, element.open);
    else if (isTyped(element)) typed.set(element.dataset.key, { before: element.defaultValue, value: element.value });
  }
  return () => {
    let focused = null;
    for (const element of node.querySelectorAll('[data-key]')) {
      const name = element.dataset.key;
      if (opened.has(name) && element instanceof HTMLDetailsElement) element.open = opened.get(name);
      const half = typed.get(name);
      if (half && element.defaultValue === half.before) element.value = half.value;
      if (name === key) focused = element;
    }
    if (!focused) return;
    focused.focus({ preventScroll: true });
    if (selection && selectionOf(focused)) focused.setSelectionRange(...selection);
  };
}

function isTyped(element) {
  const types = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  return types && element.value !== element.defaultValue;
}

function selectionOf(element) {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return null;
  // Number fields and the like have no selection to read.
  return element.selectionStart === null ? null : [element.selectionStart, element.selectionEnd];
}

/** A button; its name is its text, or `label` where it shows an icon only. */
export function button(text, action, { kind = '', icon = null, label, key, disabled, ...more } = {}) {
  return h(
    'button',
    {
      type: 'button', class: `button ${kind}`.trim(), 'aria-label': label, title: label, disabled,
      data: { key }, on: { click: action }, ...more,
    },
    icon, text ? h('span', {}, text) : null,
  );
}

let next = 0;

/** An id that no other element has. */
export function freshID(prefix) {
  return `${prefix}-${++next}`;
}
