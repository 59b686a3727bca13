// A run's events as they happen: Server-Sent Events read with fetch, since EventSource cannot send a token.
import { Problem, headers, problemOf, unreachable } from './api.js';

/** Takes text apart into events `{id, event, data}`, as the HTML standard's event stream format says. */
export class EventParser {
  #rest = '';
  #event = { data: [] };
  #lastID = '';

  /** The events that are complete with this text. */
  take(text) {
    const events = [];
    // A CR at the very end may be the first half of a CRLF: it waits for what follows.
    const all = this.#rest + text;
    const hold = all.endsWith('\r') ? 1 : 0;
    const lines = all.slice(0, all.length - hold).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + all.slice(all.length - hold);
    for (const line of lines) {
      const event = this.#line(line);
      if (event) events.push(event);
    }
    return events;
  }

  #line(line) {
    if (line === '') {
      const { data, event } = this.#event;
      this.#event = { data: [] };
      return data.length > 0 ? { id: this.#lastID, event: event ?? 'message', data: data.join('\n') } : null;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#event.data.push(value);
    else if (name === 'event') this.#event.event = value;
    else if (name === 'id' && !value.includes('\0')) this.#lastID = value;
    return null;
  }
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** Three keep-alives have not come. */
const SILENCE = 45_000;

/**
 * Follows a run until it ends or the signal aborts. `on.event` gets each event's data, `on.end` the last one's,
 * `on.state` one of connecting, live, waiting (with the milliseconds until the next try), ended, refused (with the problem).
 */
export async function follow(run, { after = 0, signal, on }) {
  let last = after;
  let failures = 0;
  while (!signal.aborted) {
    on.state('connecting');
    const watch = new AbortController();
    const both = AbortSignal.any([signal, watch.signal]);
    try {
      const isOver = await readOnce(run, last, both, watch, {
        open: () => on.state('live'),
        event: (event) => {
          failures = 0;
          if (event.event === 'end') return on.end(parsed(event.data) ?? {});
          const data = event.event === 'run' ? parsed(event.data) : null;
          if (!data) return undefined;
          const sequence = Number(event.id || data.sequence);
          // After a reconnect the service may repeat what was seen.
          if (Number.isFinite(sequence)) {
            if (sequence <= last) return undefined;
            last = sequence;
          }
          return on.event(data);
        },
      });
      if (isOver) return on.state('ended');
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) return on.state('refused', error);
    }
    failures += 1;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 6));
    const wait = longest / 2 + (Math.random() * longest) / 2;
    on.state('waiting', wait);
    await pause(wait, signal);
  }
  return undefined;
}

async function readOnce(run, last, signal, watch, on) {
  let silence = setTimeout(() => watch.abort(), SILENCE);
  try {
    const more = { Accept: 'text/event-stream', ...(last > 0 ? { 'Last-Event-ID': String(last) } : {}) };
    let answer;
    try {
      answer = await fetch(`/v1/runs/${encodeURIComponent(run)}/events`, { headers: headers(more), signal, cache: 'no-store', credentials: 'omit', redirect: 'error' });
    } catch (error) {
      if (signal.aborted) throw error;
      throw unreachable();
    }
    if (!answer.ok) throw await problemOf(answer);
    on.open();
    const parser = new EventParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let isOver = false;
    while (!isOver) {
      const { value, done } = await reader.read();
      if (done) break;
      clearTimeout(silence);
      silence = setTimeout(() => watch.abort(), SILENCE);
      for (const event of parser.take(value)) {
        on.event(event);
        if (event.event === 'end') isOver = true;
      }
    }
    if (isOver) reader.cancel().catch(() => {});
    return isOver;
  } finally {
    clearTimeout(silence);
  }
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Waits; shorter when the network comes back. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
