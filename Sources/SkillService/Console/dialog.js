// A question that has to be answered before something cannot be undone.
import { button, freshID, h } from './dom.js';

/** Asks in a modal dialog; true when the person agrees, false when they do not or press Escape. */
export function confirmed({ title, text, yes, danger = false }) {
  const id = freshID('dialog');
  const before = document.activeElement;
  return new Promise((resolve) => {
    const dialog = h(
      'dialog', { class: 'dialog', 'aria-labelledby': id },
      h('h2', { id }, title),
      h('p', {}, text),
      h(
        'div', { class: 'row end' },
        button('Keep as it is', () => dialog.close('no'), { autofocus: true }),
        button(yes, () => dialog.close('yes'), { kind: danger ? 'danger' : 'primary' }),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
