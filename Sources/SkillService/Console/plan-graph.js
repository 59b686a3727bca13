// The plan as a drawing: a node for each step, an edge for each wait, labelled with the words that ask for it.
import { freshID, s } from './dom.js';
import { curve, placed } from './graph-layout.js';
import { iconPaths } from './icons.js';
import { hueOf } from './request-text.js';
import { stateOf } from './states.js';
import { cut } from './text.js';

const WIDTH = 212;
const NARROWEST = 140;
const LINES = { plain: 74, state: 92 };
const MARGIN = 8;

/**
 * Draws steps `[{id, title, subtitle, dependsOn, because, state?, note?, isOpen?}]` into at most `room` pixels.
 * `choose` is called with an id when a node is clicked or Enter is pressed on it; arrow keys go from node to node.
 */
export function planGraph(plan, steps, { room = 900, choose, label = 'Plan', chosen = null } = {}) {
  const layers = depth(steps);
  const gap = 92;
  const direction = layers * WIDTH + (layers - 1) * gap + 2 * MARGIN <= room ? 'right' : 'down';
  const nodeGap = 18;
  const beside = direction === 'right' ? 1 : widest(steps);
  const width = Math.max(NARROWEST, Math.min(WIDTH, Math.floor((room - 2 * MARGIN - (beside - 1) * nodeGap) / beside)));
  const size = { width, height: steps.some((step) => step.state) ? LINES.state : LINES.plain };
  const layout = placed(steps, edgesOf(steps), {
    direction, ...size, layerGap: direction === 'right' ? gap : 46, nodeGap,
  });
  const all = { width: layout.width + 2 * MARGIN, height: layout.height + 2 * MARGIN };
  const arrow = freshID('arrow');
  const drawing = s(
    'svg',
    {
      class: 'plan-graph', viewBox: `0 0 ${all.width} ${all.height}`, ...all, role: 'group', 'aria-label': `${label}: ${steps.length} steps`,
    },
    s('defs', {}, s('marker', {
      id: arrow, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse',
    }, s('path', { d: 'M0 0.5L7.5 4L0 7.5z', class: 'arrow' }))),
    s('g', { transform: `translate(${MARGIN} ${MARGIN})` },
      layout.edges.map((edge) => edgeLine(edge, direction, arrow)),
      layout.edges.map((edge) => edgeLabel(plan, edge, direction)),
      steps.map((step) => node(plan, step, layout.nodes.get(step.id), { choose, isChosen: step.id === chosen, size })),
    ),
  );
  drawing.addEventListener('keydown', (event) => walk(event, drawing));
  return drawing;
}

/** A plan's steps as the drawing wants them. */
export function graphSteps(plan, more = () => ({})) {
  return plan.steps.map((step) => ({
    id: step.id,
    title: step.skill ? (step.tool ?? step.skill) : 'no skill fits',
    subtitle: step.skill && step.tool ? step.skill : '',
    text: step.subtask,
    dependsOn: step.depends_on ?? [],
    because: step.depends_because ?? {},
    isUnfit: !step.skill,
    forEach: Boolean(step.for_each),
    isConditional: Boolean(step.when ?? step.condition),
    ...more(step),
  }));
}

function edgesOf(steps) {
  return steps.flatMap((step) => step.dependsOn.map((from) => ({ from, to: step.id, because: step.because[from] })));
}

function depth(steps) {
  return Math.max(0, ...levels(steps).values());
}

/** Most steps in one layer. */
function widest(steps) {
  const many = new Map();
  for (const level of levels(steps).values()) many.set(level, (many.get(level) ?? 0) + 1);
  return Math.max(1, ...many.values());
}

function levels(steps) {
  const byID = new Map(steps.map((step) => [step.id, step]));
  const known = new Map();
  const of = (id, path) => {
    if (known.has(id)) return known.get(id);
    if (path.has(id) || !byID.has(id)) return 0;
    path.add(id);
    const value = 1 + Math.max(0, ...byID.get(id).dependsOn.map((one) => of(one, path)));
    path.delete(id);
    known.set(id, value);
    return value;
  };
  steps.forEach((step) => of(step.id, new Set()));
  return known;
}

function node(plan, step, place, { choose, isChosen, size }) {
  const state = step.state ? stateOf(step.state) : null;
  const words = [
    `${step.id}: ${step.text}`, step.subtitle ? `${step.subtitle}.${step.title}` : step.title, state?.word, step.note,
    step.dependsOn.length > 0 ? `waits for ${step.dependsOn.join(', ')}` : null, step.forEach ? 'for each element' : null,
    step.isConditional ? 'only under a condition' : null,
  ].filter(Boolean).join('; ');
  const fit = (text, most) => cut(text, Math.floor((most * size.width) / WIDTH));
  const mark = [step.forEach ? '×n' : null, step.isConditional ? 'if' : null].filter(Boolean).join(' ');
  const act = () => choose?.(step.id);
  return s(
    'g',
    {
      class: ['node', `hue-${hueOf(plan, step.id)}`, state ? `tone-${state.tone}` : '', step.isUnfit ? 'is-unfit' : '', isChosen ? 'is-chosen' : ''].join(' ').trim(),
      transform: `translate(${place.x} ${place.y})`, tabindex: '0', role: 'button', 'aria-label': words, 'data-step': step.id,
      'data-state': step.state ?? null, 'data-key': `node-${step.id}`, 'data-layer': place.layer, 'aria-pressed': choose && state ? String(isChosen) : null,
      on: {
        click: act,
        keydown: (event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          act();
        },
      },
    },
    s('title', {}, words),
    s('rect', { class: 'node-box', ...size, rx: 7 }),
    s('rect', { class: 'node-number-box', x: 9, y: 9, width: 14 + 8 * Math.min(step.id.length, 5), height: 18, rx: 4 }),
    s('text', { class: 'node-number', x: 16 + 4 * Math.min(step.id.length, 5), y: 22, 'text-anchor': 'middle' }, cut(step.id, 5)),
    s('text', { class: 'node-subtitle', x: 30 + 8 * Math.min(step.id.length, 5), y: 22 }, fit([step.subtitle, mark].filter(Boolean).join(' · '), 20)),
    s('text', { class: 'node-title', x: 10, y: 44 }, fit(step.title, 24)),
    state
      ? [
        s('g', { class: 'node-icon', transform: 'translate(9 52) scale(0.875)' }, iconPaths(state.drawing)),
        s('text', { class: 'node-state', x: 28, y: 63 }, fit(state.word, 26)),
        s('text', { class: 'node-text', x: 10, y: 81 }, fit(step.note || step.text, 31)),
      ]
      : s('text', { class: 'node-text', x: 10, y: 63 }, fit(step.text, 31)),
  );
}

function edgeLine(edge, direction, arrow) {
  return s('path', { class: `edge kind-${/^[a-z_]+$/.test(edge.because?.kind ?? '') ? edge.because.kind : 'plain'}`, d: curve(edge.points, direction), 'marker-end': `url(#${arrow})` });
}

/** The words that ask for an edge, where they stand in the request; else the kind of reason. */
function cueOf(plan, because) {
  return because?.cue && plan.request.includes(because.cue) ? because.cue : because?.kind?.replaceAll('_', ' ');
}

function edgeLabel(plan, edge, direction) {
  const cue = cueOf(plan, edge.because);
  if (!cue) return null;
  const [a, b] = [edge.points[0], edge.points[1]];
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2 + (direction === 'right' ? -6 : 4)];
  return s('text', { class: 'edge-label', x, y, 'text-anchor': 'middle' }, s('title', {}, `${edge.from} before ${edge.to}: ${edge.because.cue || cue} (${edge.because.kind ?? ''})`), cut(cue, direction === 'right' ? 14 : 24));
}

function walk(event, drawing) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (!(event.key in steps)) return;
  const nodes = [...drawing.querySelectorAll('.node')];
  const at = nodes.indexOf(event.target.closest('.node'));
  if (at < 0) return;
  event.preventDefault();
  nodes[Math.max(0, Math.min(nodes.length - 1, at + steps[event.key]))].focus();
}
