// Markdown of strangers as elements: a small renderer that builds nodes and never markup.
// Headings, paragraphs, lists, quotes, code, tables, rules; HTML stays text; nothing is loaded.
import { h } from './dom.js';
import { inline } from './markdown-inline.js';

const LONGEST = 300_000;
const DEEPEST = 8;
/** Blocks that are laid out; what comes after them stays plain text, so that no document keeps the page busy. */
const MOST_BLOCKS = 3000;
const MOST_PAIRS = 100;

/** The document as elements; its headings start one below `below` and never skip a level. */
export function markdown(text, { below = 2 } = {}) {
  const { front, body } = withoutFrontMatter(String(text).slice(0, LONGEST).replace(/\r\n?/g, '\n'));
  const headings = { below, open: [], left: MOST_BLOCKS };
  return h(
    'div', { class: 'markdown', dir: 'auto' },
    front.length > 0 ? h('dl', { class: 'pairs front-matter' }, front.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))) : null,
    blocks(body.split('\n'), headings, 0),
    text.length > LONGEST ? h('p', { class: 'muted' }, 'The rest of this long document is not shown.') : null,
  );
}

/** YAML front matter as plain pairs; what is nested stays text. */
function withoutFrontMatter(text) {
  const match = /^\uFEFF?---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { front: [], body: text };
  const front = [];
  for (const line of match[1].split('\n')) {
    const pair = /^([A-Za-z0-9_-]+):[ \t]?(.*)$/.exec(line);
    if (pair && front.length < MOST_PAIRS) front.push([pair[1], pair[2]]);
    else if (front.length > 0) front.at(-1)[1] += (front.at(-1)[1] ? '\n' : '') + line.trim();
  }
  return { front, body: text.slice(match[0].length) };
}

const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)$/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)(.*)|[ \t]*)$/;

function blocks(lines, headings, depth) {
  const made = [];
  if (depth > DEEPEST) return [h('pre', {}, h('code', {}, lines.join('\n')))];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    let match;
    if (headings.left <= 0) {
      made.push(h('pre', {}, h('code', {}, lines.slice(at).join('\n'))));
      break;
    }
    if (line.trim() !== '') headings.left -= 1;
    if (line.trim() === '') {
      at += 1;
    } else if ((match = FENCE.exec(line))) {
      at = fence(lines, at, match, made);
    } else if ((match = HEADING.exec(line))) {
      made.push(heading(match[1].length, match[2] ?? '', headings));
      at += 1;
    } else if (RULE.test(line)) {
      made.push(h('hr', {}));
      at += 1;
    } else if (/^ {0,3}>/.test(line)) {
      at = quote(lines, at, made, headings, depth);
    } else if (ITEM.test(line)) {
      at = list(lines, at, made, headings, depth);
    } else if (/^(?: {4}|\t)/.test(line)) {
      at = indented(lines, at, made);
    } else if (isTable(lines, at)) {
      at = table(lines, at, made);
    } else {
      at = paragraph(lines, at, made, headings);
    }
  }
  return made;
}

function heading(level, text, headings) {
  while (headings.open.length > 0 && headings.open.at(-1) >= level) headings.open.pop();
  headings.open.push(level);
  const shown = Math.min(6, headings.below + headings.open.length);
  return h(`h${shown}`, {}, inline(text));
}

function fence(lines, start, [, indent, marks, info], made) {
  const end = new RegExp(`^ {0,3}${marks[0] === '`' ? '`' : '~'}{${marks.length},}[ \\t]*$`);
  let at = start + 1;
  const code = [];
  while (at < lines.length && !end.test(lines[at])) {
    code.push(indent ? lines[at].replace(new RegExp(`^ {0,${indent.length}}`), '') : lines[at]);
    at += 1;
  }
  made.push(h('pre', { tabindex: '0', 'aria-label': `Code${info.trim() ? `, ${info.trim()}` : ''}` }, h('code', {}, code.join('\n'))));
  return at + 1;
}

function indented(lines, start, made) {
  let at = start;
  const code = [];
  while (at < lines.length && (/^(?: {4}|\t)/.test(lines[at]) || lines[at].trim() === '')) code.push(lines[at++].replace(/^(?: {4}|\t)/, ''));
  while (code.at(-1)?.trim() === '') code.pop();
  made.push(h('pre', { tabindex: '0', 'aria-label': 'Code' }, h('code', {}, code.join('\n'))));
  return at;
}

function quote(lines, start, made, headings, depth) {
  let at = start;
  const inner = [];
  while (at < lines.length && /^ {0,3}>/.test(lines[at])) inner.push(lines[at++].replace(/^ {0,3}> ?/, ''));
  made.push(h('blockquote', {}, blocks(inner, headings, depth + 1)));
  return at;
}

function list(lines, start, made, headings, depth) {
  const first = ITEM.exec(lines[start]);
  const isOrdered = /\d/.test(first[2]);
  const items = [];
  let at = start;
  let isLoose = false;
  while (at < lines.length) {
    const match = ITEM.exec(lines[at]);
    if (!match || /\d/.test(match[2]) !== isOrdered || RULE.test(lines[at])) break;
    const width = match[1].length + match[2].length + Math.min(4, Math.max(1, match[3]?.length ?? 1));
    const inner = [match[4] ?? ''];
    at += 1;
    while (at < lines.length) {
      const line = lines[at];
      const isBlank = line.trim() === '';
      const isInside = line.startsWith(' '.repeat(width)) || line.startsWith('\t');
      const isLazy = !isBlank && !isInside && lines[at - 1].trim() !== '' && !ITEM.test(line) && !HEADING.test(line) && !FENCE.test(line) && !RULE.test(line) && !/^ {0,3}>/.test(line);
      if (isBlank && !continues(lines, at, width)) break;
      if (!isBlank && !isInside && !isLazy) break;
      inner.push(isInside ? line.replace(line.startsWith('\t') ? /^\t/ : new RegExp(`^ {${width}}`), '') : line.trimStart());
      at += 1;
    }
    if (inner.some((line) => line.trim() === '')) isLoose = true;
    items.push(inner);
    let ahead = at;
    while (ahead < lines.length && lines[ahead].trim() === '') ahead += 1;
    const next = ahead > at && ahead < lines.length ? ITEM.exec(lines[ahead]) : null;
    if (next && /\d/.test(next[2]) === isOrdered) {
      isLoose = true;
      at = ahead;
    }
  }
  const node = h(isOrdered ? 'ol' : 'ul', { start: isOrdered && Number.parseInt(first[2], 10) !== 1 ? Number.parseInt(first[2], 10) : null });
  for (const inner of items) node.append(item(inner, isLoose, headings, depth));
  made.push(node);
  return at;
}

/** Whether what follows blank lines still belongs to the item. */
function continues(lines, at, width) {
  let ahead = at;
  while (ahead < lines.length && lines[ahead].trim() === '') ahead += 1;
  return ahead < lines.length && (lines[ahead].startsWith(' '.repeat(width)) || lines[ahead].startsWith('\t'));
}

function item(inner, isLoose, headings, depth) {
  const task = /^\[([ xX])\][ \t]+/.exec(inner[0]);
  if (task) inner = [inner[0].slice(task[0].length), ...inner.slice(1)];
  const parts = blocks(inner, headings, depth + 1);
  // The lines of a tight list stand without the space of paragraphs.
  const tight = isLoose ? parts : parts.flatMap((part) => (part.tagName === 'P' ? [...part.childNodes] : [part]));
  const mark = task ? h('span', { class: 'task' }, task[1] === ' ' ? '☐ ' : '☑ ') : null;
  if (mark && tight[0]?.tagName === 'P') tight[0].prepend(mark);
  return h('li', {}, mark?.parentNode ? null : mark, tight);
}

function isTable(lines, at) {
  if (!lines[at].includes('|') || at + 1 >= lines.length || !lines[at + 1].includes('-')) return false;
  return /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(lines[at + 1]) && cells(lines[at]).length === cells(lines[at + 1]).length;
}

function table(lines, start, made) {
  const head = cells(lines[start]);
  const sides = cells(lines[start + 1]).map((cell) => (/^:-+:$/.test(cell) ? 'center' : /-:$/.test(cell) ? 'number' : null));
  const rows = [];
  let at = start + 2;
  while (at < lines.length && lines[at].includes('|') && lines[at].trim() !== '') rows.push(cells(lines[at++]));
  made.push(h(
    'div', { class: 'table-box', tabindex: '0', role: 'group', 'aria-label': 'Table' },
    h('table', {},
      h('thead', {}, h('tr', {}, head.map((cell, index) => h('th', { scope: 'col', class: sides[index] }, inline(cell))))),
      h('tbody', {}, rows.map((row) => h('tr', {}, head.map((_, index) => h('td', { class: sides[index] }, inline(row[index] ?? ''))))))),
  ));
  return at;
}

/** The cells of a table's line; bars that are escaped or in code do not part. */
function cells(line) {
  const found = [];
  let cell = '';
  let isCode = false;
  const text = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && text[at + 1] === '|') {
      cell += '|';
      at += 1;
    } else if (character === '|' && !isCode) {
      found.push(cell.trim());
      cell = '';
    } else {
      if (character === '`') isCode = !isCode;
      cell += character;
    }
  }
  return [...found, cell.trim()];
}

function paragraph(lines, start, made, headings) {
  let at = start;
  const text = [];
  while (at < lines.length) {
    const line = lines[at];
    const underline = text.length > 0 && /^ {0,3}(=+|-+)[ \t]*$/.exec(line);
    if (underline) {
      made.push(heading(underline[1][0] === '=' ? 1 : 2, text.join(' '), headings));
      return at + 1;
    }
    const ends = text.length > 0 && (HEADING.test(line) || FENCE.test(line) || RULE.test(line) || /^ {0,3}>/.test(line) || /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/.test(line));
    if (line.trim() === '' || ends) break;
    text.push(line.trimStart());
    at += 1;
  }
  made.push(h('p', {}, inline(text.join('\n'))));
  return at;
}
