// When each attempt of each step ran: a row for a step, a bar for an attempt, long waits drawn short.
import { h } from './dom.js';
import { icon } from './icons.js';
import { hueOf, stepNumber } from './request-text.js';
import { clock, cut, duration } from './text.js';

/** A gap without any attempt is drawn short when it is longer than this share of all busy time, and than a second. */
const LONG_GAP = 0.35;
const SHORT_GAP = 0.08;
const MOST_LANES = 8;

/** Maps times to places from 0 to 1; `gaps` are the stretches that are drawn short. */
export function timeScale(intervals, start, end) {
  const merged = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  const busy = Math.max(1, merged.reduce((sum, { from, to }) => sum + to - from, 0));
  const parts = [];
  const gap = (from, to) => {
    if (to <= from) return;
    const isLong = to - from > 1000 && to - from > busy * LONG_GAP;
    parts.push({ from, to, isLong, weight: isLong ? busy * SHORT_GAP : to - from });
  };
  let at = start;
  for (const { from, to } of merged) {
    gap(at, from);
    parts.push({ from: Math.max(at, from), to, isLong: false, weight: Math.max(1, to - Math.max(at, from)) });
    at = Math.max(at, to);
  }
  gap(at, end);
  const total = parts.reduce((sum, part) => sum + part.weight, 0) || 1;
  let place = 0;
  for (const part of parts) {
    part.start = place;
    part.size = part.weight / total;
    place += part.size;
  }
  return {
    parts,
    gaps: parts.filter((part) => part.isLong),
    place(time) {
      const part = parts.find((one) => time <= one.to) ?? parts.at(-1);
      if (!part) return 0;
      const share = part.to > part.from ? (time - part.from) / (part.to - part.from) : 0;
      return part.start + part.size * Math.max(0, Math.min(1, share));
    },
  };
}

/** The timeline of a run, up to `now`. */
export function runTimeline(model, now) {
  const { plan } = model.report;
  const ends = model.attempts.map((one) => one.to ?? now);
  if (model.attempts.length === 0) return h('p', { class: 'muted' }, 'Nothing has been called yet.');
  const start = Math.min(...model.attempts.map((one) => one.from));
  const retries = model.waits.filter((one) => one.kind === 'retry').map((one) => ({ ...one, to: Math.min(one.to ?? now, now) }));
  const end = Math.max(...ends, ...model.waits.map((one) => Math.min(one.to ?? now, now)), start + 1);
  const busy = [...model.attempts.map((one) => ({ from: one.from, to: one.to ?? now })), ...retries.filter((one) => one.to - one.from < 5000)];
  const scale = timeScale(busy, start, end);
  const rows = model.report.steps.map((step) => stepRow(model, plan, step, scale, now));
  return h(
    'div', { class: 'timeline' },
    h('div', { class: 'timeline-axis', 'aria-hidden': 'true' }, h('span', {}), h('span', { class: 'axis-track' }, ticks(scale, start, end))),
    h('ol', { class: 'timeline-rows' }, rows),
    scale.gaps.length > 0 ? h('p', { class: 'muted' }, 'Hatched: nothing ran, drawn short.') : null,
  );
}

function ticks(scale, start, end) {
  const marks = scale.gaps.map((gap) => span('axis-gap', gap.start, gap.start + gap.size, {}, duration(gap.to - gap.from)));
  const total = end - start;
  const stepOf = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000];
  const busy = scale.parts.filter((part) => !part.isLong).reduce((sum, part) => sum + part.to - part.from, 0);
  const each = stepOf.find((one) => busy / one <= 6) ?? 86_400_000;
  let last = -1;
  for (let time = 0; time <= total; time += each) {
    const gap = scale.gaps.find((one) => start + time > one.from && start + time < one.to);
    if (gap) {
      // On to the first mark behind the gap.
      time = Math.max(time, Math.ceil((gap.to - start) / each) * each - each);
      continue;
    }
    const place = scale.place(start + time);
    if (place - last < 0.09 || place > 0.95) continue;
    last = place;
    marks.push(span('tick', place, place, {}, time === 0 ? '0' : duration(time)));
  }
  return marks;
}

function stepRow(model, plan, step, scale, now) {
  const attempts = model.attempts.filter((one) => one.step === step.id);
  const waits = model.waits.filter((one) => one.step === step.id);
  const lanes = [];
  const bars = attempts.map((one) => {
    const to = one.to ?? now;
    let lane = lanes.findIndex((end) => end <= one.from);
    if (lane < 0) lane = lanes.length < MOST_LANES ? lanes.push(0) - 1 : MOST_LANES - 1;
    lanes[lane] = to;
    const words = `${one.task} attempt ${one.number}: ${one.tool}, ${one.outcome} after ${duration(to - one.from)}${one.why ? `: ${one.why}` : ''} (from ${clock(one.from)})`;
    const bar = span(`attempt is-${one.outcome}`, scale.place(one.from), scale.place(to), { title: words }, h('span', { class: 'attempt-text' }, { succeeded: '✓', failed: '✕', lost: '?', running: '…' }[one.outcome] + one.number));
    bar.style.setProperty('--lane', String(lane));
    return { bar, words };
  });
  const waiting = waits.map((one) => {
    const to = Math.min(one.to ?? now, now);
    const words = `${one.task} ${one.kind === 'retry' ? 'waits to try again' : 'waits for a person'} for ${duration(to - one.from)}`;
    return { bar: span(`pause is-${one.kind}`, scale.place(one.from), scale.place(to), { title: words }), words };
  });
  const falls = model.fallbacks.filter((one) => one.step === step.id).map((one) => {
    const words = `${one.task} falls back to ${one.tool}: ${one.why}`;
    return { bar: span('fall', scale.place(one.at), scale.place(one.at), { title: words }, icon('fallback')), words };
  });
  const all = [...waiting, ...bars, ...falls];
  const track = h('div', { class: 'track', 'aria-hidden': 'true' }, scale.gaps.map((gap) => span('track-gap', gap.start, gap.start + gap.size)), all.map(({ bar }) => bar));
  track.style.setProperty('--lanes', String(Math.max(1, lanes.length)));
  return h(
    'li', { class: `timeline-row hue-${hueOf(plan, step.id)}` },
    h('span', { class: 'row-name' }, stepNumber(plan, step.id), h('span', { class: 'row-text' }, cut(model.toolsOf(step).at(-1) ?? step.subtask, 40))),
    track,
    h('span', { class: 'visually-hidden' }, all.length > 0 ? all.map(({ words }) => words).join('; ') : 'not called'),
  );
}

function span(kind, from, to, attributes = {}, ...children) {
  const node = h('span', { class: kind, ...attributes }, children);
  node.style.setProperty('--from', from.toFixed(5));
  node.style.setProperty('--size', Math.max(0, to - from).toFixed(5));
  return node;
}
