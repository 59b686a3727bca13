// Why a candidate was found: its signals and the words that met.
import { h } from './dom.js';
import { problem } from './notices.js';
import { qualified, score } from './text.js';

const SIGNALS = {
  dense: ['Meaning', 'similarity of the two texts as vectors'],
  lexical: ['Words', 'words in common, rare ones count more (BM25)'],
  query_coverage: ['Request covered', 'share of the sub-task that the skill speaks of'],
  text_coverage: ['Skill covered', 'share of the skill that the sub-task speaks of'],
  name_coverage: ['Name', 'the name says it'],
  kinship: ['Kinship', 'other tools of the same skill fit, too'],
  cross_encoder: ['Cross-encoder', 'a second model read both texts together'],
  language_model: ['Language model', 'a language model put it here'],
};

const signed = (number) => (Number.isFinite(number) ? `${number < 0 ? '−' : '+'}${Math.abs(number).toFixed(2)}` : '–');

/** The reasons of one result as a table of signals and a list of words. */
export function explanation(result, { heading = 'h4' } = {}) {
  const told = result?.explanation;
  if (!told) return h('p', { class: 'muted' }, 'The service gave no reasons for this one.');
  const most = Math.max(0.0001, ...told.signals.map((one) => Math.abs(one.share)));
  return h(
    'div', { class: 'explanation' },
    h(heading, { class: 'explanation-title' }, 'Why ', h('code', {}, qualified(result)), h('span', { class: 'muted' }, ` rank ${told.rank}, relevance ${score(told.relevance)}`)),
    h(
      'table', { class: 'signals' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Signal'), h('th', { scope: 'col', class: 'number' }, 'Value'), h('th', { scope: 'col', class: 'number' }, 'Share'), h('th', { scope: 'col', class: 'wide-cell' }, h('span', { class: 'visually-hidden' }, 'Share, drawn')))),
      h('tbody', {}, told.signals.map((one) => {
        const [name, means] = SIGNALS[one.signal] ?? [one.signal, ''];
        const bar = h('span', { class: `signal-bar${one.share < 0 ? ' is-negative' : ''}`, 'aria-hidden': 'true' });
        bar.style.setProperty('--share', String(Math.abs(one.share) / most));
        const first = Number.isFinite(one.share_of_first) ? `the first candidate has ${signed(one.share_of_first)}` : '';
        return h(
          'tr', { title: [means, first].filter(Boolean).join('; ') },
          h('th', { scope: 'row' }, name), h('td', { class: 'number' }, score(one.value)), h('td', { class: 'number' }, signed(one.share)),
          h('td', { class: 'wide-cell' }, bar),
        );
      })),
    ),
    told.words?.length
      ? h('ul', { class: 'words', 'aria-label': 'Words' }, told.words.map((word) => h(
        'li', { class: `word${word.lexical > 0 ? ' is-met' : ''}`, title: `nearest word in the skill: ${score(word.nearest)}; as a word: ${score(word.lexical)}` },
        h('span', { class: 'word-text' }, word.word), h('span', { class: 'muted' }, ` ${word.lexical > 0 ? 'same' : 'near'} ${(word.nearest ?? 0).toFixed(2)}`),
      )))
      : null,
  );
}

/** The reasons for the candidate that is looked at, while they load, or why there are none. */
export function reasonsPanel(reasons, candidate) {
  if (!reasons) return null;
  if (reasons.isLoading) return h('p', { class: 'muted', role: 'status' }, 'Loading reasons…');
  if (reasons.error) return problem(reasons.error);
  const same = (one) => one.skill === candidate?.skill && (one.tool ?? null) === (candidate?.tool ?? null);
  const result = reasons.results.find(same);
  if (result) return explanation(result);
  return h('p', { class: 'muted' }, `A search for the sub-task alone does not bring up ${qualified(candidate)}: it comes from the plan as a whole.`);
}
