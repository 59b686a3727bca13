// The service's HTTP interface, as functions of plain data.
import { token } from './session.js';

/** An answer that is an error: RFC 9457's members, and what to do next. */
export class Problem extends Error {
  constructor({ status = 0, code = 'unreachable', title, detail, hint, request_id: requestID, problems } = {}) {
    super(detail || title || `The service answered ${status}.`);
    Object.assign(this, { name: 'Problem', status, code, title: title || 'Error', hint, requestID });
    this.problems = Array.isArray(problems) ? problems : [];
  }
}

/** The headers each request carries. */
export function headers(more = {}) {
  const held = token();
  return held ? { Authorization: `Bearer ${held}`, ...more } : { ...more };
}

/** Makes one call; the answer's JSON, or null where there is none. Throws `Problem`, or the abort of its signal. */
export async function call(method, path, { signal, ...rest } = {}) {
  const answer = await sent(method, path, { signal, ...rest });
  if (answer.status === 204) return null;
  try {
    return await answer.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({ status: answer.status, code: 'bad-answer', detail: 'The service sent an answer that is no JSON.' });
  }
}

async function sent(method, path, { query, body, signal, more } = {}) {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') address.searchParams.set(name, value);
  }
  const options = { method, signal, cache: 'no-store', credentials: 'omit', redirect: 'error' };
  options.headers = headers({ Accept: 'application/json', ...more });
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

/** The service cannot be reached. */
export function unreachable() {
  return new Problem({
    title: 'No answer',
    detail: 'The service does not answer.',
    hint: 'See whether `skillweaver serve` is still running, then try again.',
  });
}

/** The problem an unsuccessful answer describes. */
export async function problemOf(answer) {
  let told = {};
  try {
    told = (await answer.json()) ?? {};
  } catch {
    // A proxy's page, or nothing: status and request id still tell something.
  }
  const requestID = told.request_id ?? answer.headers.get('X-Request-Id') ?? undefined;
  return new Problem({ title: answer.statusText, ...told, status: answer.status, request_id: requestID });
}

const part = (text) => encodeURIComponent(text);

export const service = (signal) => call('GET', '/v1/service', { signal });
export const libraries = (signal) => call('GET', '/v1/libraries', { signal });
export const syncLibrary = (name) => call('POST', `/v1/libraries/${part(name)}/sync`, { body: {} });
export const search = (query, signal) => call('GET', '/v1/search', { query, signal });
export const skills = (query, signal) => call('GET', '/v1/skills', { query, signal });
export const skill = (id, query, signal) => call('GET', `/v1/skills/${part(id)}`, { query, signal });
export const tokens = (query, signal) => call('GET', '/v1/tokens', { query, signal });
export const plot = async (name, signal) => (await sent('GET', `/v1/benchmarks/plots/${part(name)}`, { signal, more: { Accept: 'image/svg+xml' } })).blob();
export const benchmarks = (signal) => call('GET', '/v1/benchmarks', { signal });

export const route = (body, signal) => call('POST', '/v1/route', { body, signal });
export const checkPlan = (plan, library, signal) => call('POST', '/v1/plan/check', { body: { plan, library }, signal });
export const choose = (body, signal) => call('POST', '/v1/plan/candidate', { body, signal });

export const runs = (query, signal) => call('GET', '/v1/runs', { query, signal });
export const run = (id, signal) => call('GET', `/v1/runs/${part(id)}`, { signal });
export const startRun = (body, key) => call('POST', '/v1/runs', { body, more: { 'Idempotency-Key': key } });
export const answerRun = (id, body) => call('POST', `/v1/runs/${part(id)}/answers`, { body });
export const resumeRun = (id) => call('POST', `/v1/runs/${part(id)}/resume`, { body: {} });
export const cancelRun = (id) => call('POST', `/v1/runs/${part(id)}/cancel`, { body: {} });
export const removeRun = (id) => call('DELETE', `/v1/runs/${part(id)}`);
