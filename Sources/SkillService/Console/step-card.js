// One step of the plan: what it does, with what, why, and with which arguments.
import { argumentFields, isReference, referenceChip } from './argument-fields.js';
import { candidateList, lookedAt } from './candidate-list.js';
import { button, h } from './dom.js';
import { icon } from './icons.js';
import { reasonsPanel } from './reasons.js';
import { hueOf, stepNumber } from './request-text.js';
import { qualified, score, skillAddress } from './text.js';

/** The card; `redraw` draws the plan anew after something was only looked at. */
export function stepCard(desk, step, redraw) {
  const { plan } = desk;
  const questions = plan.questions.filter((one) => one.step === step.id);
  const reasons = desk.reasons.get(step.id);
  const showReasons = () => {
    if (desk.reasons.delete(step.id)) redraw();
    else desk.explain(step.id);
  };
  return h(
    'article', { class: `step-card hue-${hueOf(plan, step.id)}`, id: `step-${step.id}`, tabindex: '-1', 'aria-label': `Step ${step.id}: ${step.subtask}` },
    h('header', { class: 'step-head' }, stepNumber(plan, step.id), h('h3', { dir: 'auto' }, step.subtask), sureness(step)),
    h('p', { class: 'step-choice' }, choice(desk, step)),
    conditions(plan, step),
    questions.map((one) => h('p', { class: 'note tone-wait' }, icon('question'), h('span', {}, h('strong', {}, 'Asks: '), one.text))),
    h(
      'div', { class: 'step-parts' },
      h(
        'div', { class: 'step-part' },
        h('div', { class: 'part-head' }, h('h4', {}, 'Candidates'),
          button(reasons ? 'Hide reasons' : 'Reasons', showReasons, { kind: 'link', key: `reasons-${step.id}`, 'aria-expanded': reasons ? 'true' : 'false' })),
        candidateList(step, {
          choose: (candidate) => desk.choose(step.id, candidate), look: () => reasons && redraw(), redraw, isBusy: desk.isBusy,
        }),
      ),
      h('div', { class: 'step-part' }, argumentFields(desk, step, redraw) ?? h('p', { class: 'muted' }, step.skill ? 'This skill has no tools to call: its document is what it gives.' : 'A step without a skill has no arguments.')),
    ),
    reasons ? h('div', { class: 'reasons' }, reasonsPanel(reasons, lookedAt(step))) : null,
  );
}

function sureness(step) {
  if (!Number.isFinite(step.confidence)) return null;
  return h('span', { class: 'sureness', title: 'How sure the decomposer is that this is a step of its own' }, `${Math.round(step.confidence * 100)} % sure`);
}

function choice(desk, step) {
  if (!step.skill) {
    return h('span', { class: 'note tone-bad' }, icon('warning'), h('span', {}, h('strong', {}, 'No skill fits. '), step.abstention ?? step.reason ?? 'Nothing in the library is near enough.'));
  }
  const tool = desk.toolOf(step);
  return [
    h('a', { class: 'tool-name', href: skillAddress(step.skill, desk.library) }, qualified(step)),
    h('span', { class: 'muted' }, ` ${score(step.score)} `),
    h('span', { class: 'tool-about' }, tool?.description ?? desk.skills[step.skill]?.description ?? ''),
  ];
}

const COMPARISONS = {
  equals: 'is', not_equals: 'is not', greater: '>', less: '<', exists: 'exists', not_exists: 'does not exist', empty: 'is empty', not_empty: 'is not empty',
};

function conditions(plan, step) {
  const lines = [];
  const waits = step.depends_on.map((id) => {
    const because = step.depends_because?.[id];
    return h('span', { class: 'wait' }, stepNumber(plan, id), because ? [' ', h('q', {}, because.cue || because.kind), h('span', { class: 'muted' }, ` ${because.kind}`)] : null);
  });
  if (waits.length > 0) lines.push(h('p', { class: 'step-line' }, h('span', { class: 'line-name' }, 'waits for'), waits));
  const when = step.when ?? step.condition;
  if (when && typeof when === 'object') {
    const word = COMPARISONS[when.is] ?? String(when.is ?? '').replaceAll('_', ' ');
    lines.push(h('p', { class: 'step-line' }, h('span', { class: 'line-name' }, 'only when'), operand(plan, when.left), ` ${word} `, 'right' in when ? operand(plan, when.right) : null, when.cue ? h('q', {}, when.cue) : null));
  } else if (when) {
    lines.push(h('p', { class: 'step-line' }, h('span', { class: 'line-name' }, 'only when'), String(when)));
  }
  if (step.for_each) {
    lines.push(h('p', { class: 'step-line' }, h('span', { class: 'line-name' }, 'for each of'), operand(plan, step.for_each.list), step.for_each.cue ? [' ', h('q', {}, step.for_each.cue)] : null));
  }
  if (step.implicit) lines.push(h('p', { class: 'step-line' }, h('span', { class: 'line-name' }, 'added'), step.implicit.reason ?? ''));
  return lines;
}

function operand(plan, value) {
  return isReference(value) ? referenceChip(plan, value) : h('code', {}, typeof value === 'string' ? value : JSON.stringify(value) ?? '');
}
