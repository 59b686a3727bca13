// Text of strangers made visible, and numbers made readable.

/** Characters that hide, reorder or control text. Joiners stay: emoji and some scripts need them. */
const HIDDEN = new RegExp(
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180E' +
    '\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB]|[\\u{E0000}-\\u{E0FFF}]',
  'gu',
);

const NAMES = {
  0x00: 'null', 0x07: 'bell', 0x08: 'backspace', 0x1b: 'escape', 0x7f: 'delete', 0xad: 'soft hyphen',
  0x61c: 'Arabic letter mark', 0x200b: 'zero width space', 0x200e: 'left-to-right mark', 0x200f: 'right-to-left mark',
  0x2028: 'line separator', 0x2029: 'paragraph separator', 0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding', 0x202c: 'pop directional formatting', 0x202d: 'left-to-right override',
  0x202e: 'right-to-left override', 0x2060: 'word joiner', 0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate', 0x2068: 'first strong isolate', 0x2069: 'pop directional isolate',
  0xfeff: 'byte order mark',
};

/** "U+202E" for a character. */
export function codeName(character) {
  return 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** What a hidden character is called. */
export function codeTitle(character) {
  const code = character.codePointAt(0);
  if (code >= 0xe0000) return `${codeName(character)}: tag or variation character`;
  return `${codeName(character)}: ${NAMES[code] ?? 'control or format character'}`;
}

/** Calls back for each run of ordinary text and each hidden character. */
export function eachPiece(text, ordinary, hidden) {
  const whole = String(text).replace(/\r\n?/g, '\n');
  let from = 0;
  for (const match of whole.matchAll(HIDDEN)) {
    if (match.index > from) ordinary(whole.slice(from, match.index));
    hidden(match[0]);
    from = match.index + match[0].length;
  }
  if (from < whole.length) ordinary(whole.slice(from));
}

/** The text with hidden characters written out, for places that hold only text. */
export function plain(text) {
  let line = '';
  eachPiece(text, (piece) => { line += piece; }, (character) => { line += `⟨${codeName(character)}⟩`; });
  return line;
}

/** The hidden characters of a text, each once. */
export function hiddenIn(text) {
  return [...new Set(Array.from(String(text).matchAll(HIDDEN), (match) => match[0]))];
}

/** Offsets in UTF-8 bytes as offsets in UTF-16 units; one inside a character moves to its start. */
export function unitsFromBytes(text, bytes) {
  const units = new Map();
  const wanted = [...new Set(bytes)].sort((a, b) => a - b);
  let [byte, unit, next] = [0, 0, 0];
  for (const character of text) {
    const code = character.codePointAt(0);
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    while (next < wanted.length && wanted[next] < byte + length) units.set(wanted[next++], unit);
    byte += length;
    unit += character.length;
  }
  while (next < wanted.length) units.set(wanted[next++], unit);
  return units;
}

/** The text on one line, cut with … where it is longer than a number of characters. */
export function cut(text, most) {
  const line = plain(text).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : characters.slice(0, most - 1).join('').trimEnd() + '…';
}

const whole = new Intl.NumberFormat('en');

/** 12,345. */
export function count(number) {
  return Number.isFinite(number) ? whole.format(number) : '–';
}

/** "1 skill", "3 skills". */
export function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A score from 0 to 1 with three decimals. */
export function score(number) {
  return Number.isFinite(number) ? number.toFixed(3) : '–';
}

/** 0.4 ms, 83 ms, 1.24 s, 2 min 5 s. */
export function duration(milliseconds) {
  if (!Number.isFinite(milliseconds)) return '–';
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** 14:03:07.250 in the reader's time zone. */
export function clock(moment) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '–';
  const two = (number) => String(number).padStart(2, '0');
  const fraction = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction}`;
}

/** 22 Nov 2026, 14:03:07 in the reader's time zone. */
export function moment(text) {
  const date = new Date(text);
  if (text == null || Number.isNaN(date.getTime())) return '–';
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Where the console shows a skill. */
export function skillAddress(id, library) {
  return `#/library/${encodeURIComponent(id)}${library ? `?library=${encodeURIComponent(library)}` : ''}`;
}

/** "skill.tool", or the skill alone. */
export function qualified(choice) {
  if (!choice?.skill) return 'no skill';
  return choice.tool ? `${choice.skill}.${choice.tool}` : choice.skill;
}
