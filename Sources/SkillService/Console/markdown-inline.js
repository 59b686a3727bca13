// What stands inside a line of Markdown: code, emphasis, links; images and HTML stay text.
import { h } from './dom.js';
import { plain } from './text.js';

const DEEPEST = 6;

/** A text's inline parts as nodes and strings. */
export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const parts = [];
  let words = '';
  let at = 0;
  const put = (part) => {
    if (words) parts.push(words);
    words = '';
    parts.push(part);
  };
  while (at < text.length) {
    const found = special(text, at, depth);
    if (found) {
      put(found.part);
      at = found.end;
    } else if (text[at] === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) {
      words += text[at + 1];
      at += 2;
    } else if (text[at] === '\n') {
      // Each line is put away by itself: the end of a text that only grows would be looked at again and again.
      put(words.endsWith('  ') ? h('br', {}) : ' ');
      at += 1;
    } else {
      words += text[at];
      at += 1;
    }
  }
  if (words) parts.push(words);
  return parts;
}

function special(text, at, depth) {
  switch (text[at]) {
    case '`': return code(text, at);
    case '!': return text[at + 1] === '[' ? image(text, at) : null;
    case '[': return link(text, at, depth);
    case '<': return autolink(text, at);
    case '*': case '_': case '~': return emphasis(text, at, depth);
    case 'h': return bare(text, at);
    default: return null;
  }
}

function code(text, at) {
  const marks = /^`+/.exec(text.slice(at, at + 64))[0];
  let end = text.indexOf(marks, at + marks.length);
  while (end >= 0 && text[end + marks.length] === '`') {
    let past = end + marks.length;
    while (text[past] === '`') past += 1;
    end = text.indexOf(marks, past);
  }
  if (end < 0) return null;
  const inner = text.slice(at + marks.length, end).replaceAll('\n', ' ');
  return { part: h('code', {}, inner.replace(/^ (.*[^ ].*) $/, '$1')), end: end + marks.length };
}

/** `[text](target "title")` from its bracket; the longest looked at keeps hostile text cheap. */
function bracketed(text, at) {
  let depth = 0;
  let close = -1;
  for (let index = at; index < Math.min(text.length, at + 1000); index++) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '[') depth += 1;
    else if (text[index] === ']' && --depth === 0) {
      close = index;
      break;
    }
  }
  if (close < 0 || text[close + 1] !== '(') return null;
  const rest = /^\([ \t\n]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))(?:[ \t\n]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t\n]*\)/.exec(text.slice(close + 1, close + 3000));
  if (!rest) return null;
  return { words: text.slice(at + 1, close), target: rest[1] ?? rest[2] ?? '', end: close + 1 + rest[0].length };
}

function link(text, at, depth) {
  const found = bracketed(text, at);
  return found ? { part: linkTo(found.target, inline(found.words, depth + 1), found.words), end: found.end } : null;
}

/** Images are not loaded: who looks at a skill must not be seen looking. */
function image(text, at) {
  const found = bracketed(text, at + 1);
  if (!found) return null;
  return { part: h('span', { class: 'image-text' }, 'image: ', found.words || 'without text', ' ', h('span', { class: 'link-target' }, found.target)), end: found.end };
}

function autolink(text, at) {
  const match = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>/i.exec(text.slice(at, at + 2000));
  return match ? { part: linkTo(match[1], [match[1]], match[1]), end: at + match[0].length } : null;
}

function bare(text, at) {
  if (at > 0 && /[\w/]/.test(text[at - 1])) return null;
  const match = /^https?:\/\/[^\s<>`"'|\])]+/.exec(text.slice(at, at + 2000));
  if (!match) return null;
  const address = match[0].replace(/[.,;:!?*_~]+$/, '');
  return { part: linkTo(address, [address], address), end: at + address.length };
}

/** A link one may follow when it is http or https; else its words with the target as text. */
export function linkTo(target, words, shown = '') {
  const address = webAddress(target);
  if (!address) {
    return h('span', { class: 'no-link', title: 'Not a web address: it cannot be opened from here' }, words, ' ', h('span', { class: 'link-target' }, target || 'no target'));
  }
  const isSame = plain(shown).replace(/\/$/, '') === address.href.replace(/\/$/, '');
  return h(
    'span', {},
    h('a', { href: address.href, rel: 'noopener noreferrer', target: '_blank', referrerpolicy: 'no-referrer' }, words),
    isSame ? null : [' ', h('span', { class: 'link-target' }, address.href)],
  );
}

function webAddress(text) {
  let address;
  try {
    address = new URL(text);
  } catch {
    return null;
  }
  return ['http:', 'https:'].includes(address.protocol) ? address : null;
}

function emphasis(text, at, depth) {
  const mark = text[at];
  const run = /^(\*{1,3}|_{1,3}|~~)/.exec(text.slice(at, at + 3))?.[0];
  if (!run) return null;
  const isWord = (character) => /[\p{L}\p{N}]/u.test(character ?? '');
  if (!text[at + run.length] || /\s/.test(text[at + run.length])) return null;
  if (mark === '_' && isWord(text[at - 1])) return null;
  // Bounded: unclosed marks in a long hostile line cost little.
  const last = Math.min(text.length, at + 1000);
  for (let end = text.indexOf(run, at + run.length + 1); end >= 0 && end < last; end = text.indexOf(run, end + 1)) {
    if (/[\s\\]/.test(text[end - 1]) || (mark === '_' && isWord(text[end + run.length]))) continue;
    if (text[end + run.length] === mark && run.length < 3) {
      end += run.length;
      continue;
    }
    const inner = inline(text.slice(at + run.length, end), depth + 1);
    const part = mark === '~' ? h('del', {}, inner)
      : run.length === 1 ? h('em', {}, inner)
        : run.length === 2 ? h('strong', {}, inner) : h('strong', {}, h('em', {}, inner));
    return { part, end: end + run.length };
  }
  return null;
}
