// The words, drawings and tones of what a step or a run is at. Meaning never lies in the colour alone.
import { h } from './dom.js';
import { icon } from './icons.js';

const STATES = {
  pending: ['pending', 'pending', 'idle'],
  running: ['running', 'running', 'run'],
  'waiting to try again': ['waits to try again', 'retry', 'wait'],
  'waiting for approval': ['waits for approval', 'person', 'wait'],
  'waiting for an answer': ['waits for an answer', 'question', 'wait'],
  'unknown outcome': ['outcome unknown', 'question', 'wait'],
  succeeded: ['succeeded', 'succeeded', 'good'],
  failed: ['failed', 'failed', 'bad'],
  skipped: ['skipped', 'skipped', 'idle'],
  waiting: ['waits for you', 'person', 'wait'],
  interrupted: ['interrupted', 'paused', 'wait'],
  cancelled: ['cancelled', 'cancelled', 'idle'],
};

/** Word, drawing and tone of a state; an unknown state shows its own name. */
export function stateOf(name) {
  const [word, drawing, tone] = STATES[name] ?? [String(name), 'question', 'idle'];
  return { word, drawing, tone };
}

/** Whether nothing more happens to a run in this phase. */
export function isFinished(phase) {
  return ['succeeded', 'failed', 'cancelled'].includes(phase);
}

/** Word and drawing in a small frame. */
export function stateBadge(name) {
  const { word, drawing, tone } = stateOf(name);
  return h('span', { class: `badge tone-${tone}`, data: { state: name } }, icon(drawing), h('span', {}, word));
}
