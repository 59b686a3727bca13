// What a view says while it waits, when there is nothing, and when something went wrong.
import { button, freshID, h, replace } from './dom.js';
import { icon } from './icons.js';
import { keepToken, token } from './session.js';

let fading;

/** Says something to everybody: read out by screen readers and, unless it is quiet, seen for a moment. */
export function announce(text, { isQuiet = false } = {}) {
  const status = document.getElementById('status');
  replace(status, h('span', {}, text));
  status.classList.toggle('is-shown', !isQuiet);
  clearTimeout(fading);
  fading = setTimeout(() => status.classList.remove('is-shown'), 4000);
}

/** Grey lines where something is on its way. */
export function loading(what) {
  return h(
    'div', { class: 'loading', role: 'status' },
    h('p', { class: 'muted' }, `Loading ${what}…`),
    h('div', { class: 'bone wide' }), h('div', { class: 'bone' }), h('div', { class: 'bone short' }),
  );
}

/** There is nothing, and what to do about it. */
export function empty(title, ...more) {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), more);
}

/** What went wrong, what to do next, and the id the log knows it by; a form for the token where that is what lacks. */
export function problem(error, again) {
  if (error.status === 401) return tokenForm(error, again);
  return h(
    'div', { class: 'problem', role: 'alert' },
    h(
      'p', { class: 'problem-title' }, icon('failed'),
      h('strong', {}, error.title ?? 'Error'),
      error.status ? h('span', { class: 'code' }, `${error.status}${error.code ? ` ${error.code}` : ''}`) : null,
    ),
    h('p', {}, error.message),
    error.problems?.length ? h('ul', {}, error.problems.map((text) => h('li', {}, text))) : null,
    error.hint ? h('p', { class: 'hint' }, error.hint) : null,
    error.status === 403 && error.code === 'insufficient-scope'
      ? h('p', { class: 'hint' }, 'This token may not do that. Open the console with the address that `skillweaver serve` printed, or use a token with the scope it needs.')
      : null,
    h(
      'p', { class: 'problem-foot' },
      again ? button('Try again', again, { kind: 'small' }) : null,
      error.requestID ? h('span', { class: 'muted' }, 'request ', h('code', {}, error.requestID)) : null,
    ),
  );
}

function tokenForm(error, again) {
  const id = freshID('token');
  const field = h('input', {
    id, type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', placeholder: 'sw_…',
    'aria-describedby': `${id}-help`,
  });
  const use = (event) => {
    event.preventDefault();
    keepToken(field.value);
    dispatchEvent(new CustomEvent('token-changed'));
    if (again) again();
    else dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return h(
    'form', { class: 'problem token-form', role: 'alert', on: { submit: use } },
    h('p', { class: 'problem-title' }, icon('key'), h('strong', {}, token() ? 'This token is not accepted' : 'An access token is needed')),
    h('p', { id: `${id}-help` }, error.message, ' It stands in the address that ', h('code', {}, 'skillweaver serve'), ' printed; it is kept in this tab only.'),
    error.hint ? h('p', { class: 'hint' }, error.hint) : null,
    h(
      'div', { class: 'row' },
      h('label', { for: id }, 'Access token'), field,
      h('button', { class: 'button primary', type: 'submit' }, 'Use token'),
      token() ? button('Go on without', () => { field.value = ''; field.form.requestSubmit(); }, { kind: 'small' }) : null,
    ),
    error.requestID ? h('p', { class: 'muted' }, 'request ', h('code', {}, error.requestID)) : null,
  );
}
