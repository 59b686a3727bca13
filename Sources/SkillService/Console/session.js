// The access token of this browser tab.

const KEY = 'skillweaver-token';

/** Takes a token from the address (`#token=sw_…`), keeps it for this tab and removes it from the address. */
export function takeTokenFromAddress() {
  const match = /^#token=([^&/]+)/.exec(location.hash);
  if (!match) return false;
  let text = match[1];
  try {
    text = decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all: the text as it stands.
  }
  keepToken(text);
  history.replaceState(null, '', location.pathname + location.search + '#/route');
  return true;
}

/** The token, or null. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/** Keeps a token until the tab is closed; an empty one forgets it. */
export function keepToken(text) {
  const trimmed = text.trim();
  // A header carries visible ASCII only.
  if (trimmed && /^[\x21-\x7e]+$/.test(trimmed)) sessionStorage.setItem(KEY, trimmed);
  else sessionStorage.removeItem(KEY);
}
