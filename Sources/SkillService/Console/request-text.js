// The request with its sub-tasks lit up.
import { h } from './dom.js';
import { unitsFromBytes } from './text.js';

/** Hue number of a step, from its place in the plan. */
export function hueOf(plan, stepID) {
  const place = plan.steps.findIndex((step) => step.id === stepID);
  return place < 0 ? 'none' : String(place % 8);
}

/** The number a step carries everywhere, in its hue. */
export function stepNumber(plan, stepID, tag = 'span') {
  return h(tag, { class: `step-number hue-${hueOf(plan, stepID)}` }, stepID);
}

/** The request's text in pieces: each piece with the steps whose spans cover it. */
export function piecesOf(plan) {
  const text = plan.request;
  const spans = plan.steps
    .filter((step) => Array.isArray(step.span) && step.span[1] > step.span[0])
    .map((step) => ({ id: step.id, from: step.span[0], to: step.span[1] }));
  const units = unitsFromBytes(text, spans.flatMap(({ from, to }) => [from, to]));
  for (const span of spans) [span.from, span.to] = [units.get(span.from), units.get(span.to)];
  const borders = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return borders.slice(1).map((end, index) => {
    const start = borders[index];
    const covering = spans.filter(({ from, to }) => from <= start && end <= to);
    return {
      text: text.slice(start, end),
      steps: covering.map(({ id }) => id),
      begins: covering.filter(({ from }) => from === start).map(({ id }) => id),
    };
  });
}

/** The lit-up request; `go` is called with a step's id when its part is chosen. */
export function requestText(plan, go) {
  const lost = plan.steps.filter((step) => !Array.isArray(step.span) || step.span[1] <= step.span[0]);
  return h(
    'div', { class: 'request-text' },
    h('p', { class: 'request-line', dir: 'auto' }, piecesOf(plan).map((piece) => {
      if (piece.steps.length === 0) return piece.text;
      const numbers = piece.begins.map((id) => h('button', {
        type: 'button', class: `span-number hue-${hueOf(plan, id)}`, 'aria-label': `Go to step ${id}`,
        data: { key: `span-${id}` }, on: { click: () => go(id) },
      }, id));
      return [numbers, h('mark', { class: `span hue-${hueOf(plan, piece.steps.at(-1))}`, title: piece.steps.join(', ') }, piece.text)];
    })),
    lost.length > 0
      ? h('p', { class: 'muted' }, 'Not from the wording itself: ', lost.map((step, index) => [index > 0 ? ', ' : '', stepNumber(plan, step.id), ` ${step.subtask}`]))
      : null,
  );
}
