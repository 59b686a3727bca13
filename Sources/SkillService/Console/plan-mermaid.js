// An edited plan as a Mermaid flowchart; of a plan as it was routed the service gives the text itself.
import { plain, qualified } from './text.js';

/** The text of a flowchart; labels are quoted and free of what Mermaid reads as markup. */
export function planMermaid(plan) {
  const names = new Map(plan.steps.map((step, index) => [step.id, `n${index + 1}`]));
  const label = (text) => plain(text).replace(/\s+/g, ' ').replace(/[#"&<>`\\[\]{}|]/g, (character) => `#${character.codePointAt(0)};`);
  const nodes = plan.steps.map((step) => `  ${names.get(step.id)}["${label(step.id)}: ${label(step.subtask)}<br/>${label(qualified(step))}"]`);
  const edges = plan.steps.flatMap((step) => step.depends_on.filter((id) => names.has(id)).map((id) => {
    const cue = step.depends_because?.[id]?.cue;
    return `  ${names.get(id)} -->${cue ? `|"${label(cue)}"|` : ''} ${names.get(step.id)}`;
  }));
  return ['flowchart TD', ...nodes, ...edges, ''].join('\n');
}
