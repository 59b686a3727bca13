// What keeps people out of a page, as sentences; an empty list is a good page.
// Names, labels, tab order, headings, landmarks, and the contrast of every text on what lies behind it (WCAG 2.2, 1.4.3).
const faults = [];
const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const place = (element) => {
  const key = element.id ? `#${element.id}` : element.getAttribute('class') ? `.${element.getAttribute('class').split(' ')[0]}` : '';
  return `${element.tagName.toLowerCase()}${key} "${element.textContent.trim().slice(0, 40)}"`;
};

const named = (element) => {
  const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const label = element.labels ? [...element.labels].map((one) => one.textContent).join(' ') : '';
  return [by, element.getAttribute('aria-label') ?? '', label].join('').trim();
};

for (const element of document.querySelectorAll('input, select, textarea')) {
  if (isShown(element) && !named(element)) faults.push(`${place(element)} has no label`);
}
for (const element of document.querySelectorAll('button, a[href], summary, [role="button"], [role="option"]')) {
  if (isShown(element) && !named(element) && !element.textContent.trim()) faults.push(`${place(element)} has no name`);
}
for (const element of document.querySelectorAll('[tabindex]')) {
  if (element.tabIndex > 0) faults.push(`${place(element)} has a tab order of its own`);
  const isNamed = named(element) || element.textContent.trim();
  if (element.tabIndex === 0 && !isNamed) faults.push(`${place(element)} can be focused and has no name`);
}
for (const element of document.querySelectorAll('img')) {
  if (!element.hasAttribute('alt')) faults.push(`${place(element)} has no alternative text`);
}

const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) faults.push(`the id ${id} is used twice`);
for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby]')) {
  const wanted = `${element.getAttribute('aria-describedby') ?? ''} ${element.getAttribute('aria-labelledby') ?? ''}`.split(' ').filter(Boolean);
  for (const id of wanted) if (!document.getElementById(id)) faults.push(`${place(element)} refers to ${id}, which is nowhere`);
}

let level = 0;
for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
  if (!isShown(heading)) continue;
  const now = Number(heading.tagName[1]);
  if (now > level + 1) faults.push(`${place(heading)} follows a heading of level ${level}`);
  level = now;
}
if (document.querySelectorAll('h1').length !== 1) faults.push('a page has one h1');
if (document.querySelectorAll('main').length !== 1) faults.push('a page has one main');
if (!document.documentElement.lang) faults.push('the page does not say its language');
if (!document.title) faults.push('the page has no title');
if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('the page is wider than its window');

// Colours, drawn on a canvas so that every notation is read.
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
canvas.canvas.width = canvas.canvas.height = 1;
const known = new Map();
const colour = (text) => {
  if (!known.has(text)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    known.set(text, [red, green, blue, alpha / 255]);
  }
  return known.get(text);
};
const over = (top, ground) => [0, 1, 2].map((index) => top[index] * top[3] + ground[index] * (1 - top[3])).concat(1);
const luminance = (rgb) => {
  const [red, green, blue] = rgb.slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const canvasColour = colour(getComputedStyle(document.documentElement).backgroundColor);
const ground = (element) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const own = colour(getComputedStyle(one).backgroundColor);
    layers.push(own);
    if (own[3] === 1) break;
    // What is drawn behind a text of a drawing is the shape before it.
    if (one instanceof SVGElement && one.tagName === 'g') {
      const shape = [...one.children].find((child) => child.matches('rect'));
      if (shape && element.tagName === 'text') {
        const box = element.classList.contains('node-number') ? one.querySelector('.node-number-box') : shape;
        layers.push(colour(getComputedStyle(box).fill));
        break;
      }
    }
  }
  return layers.reduceRight((below, layer) => over(layer, below), over(canvasColour, [255, 255, 255, 1]));
};
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || seen.has(element) || !isShown(element)) continue;
  seen.add(element);
  if (element.closest('.visually-hidden, [disabled], title, option, .skip, .toast, noscript')) continue;
  const style = getComputedStyle(element);
  const ink = colour(element instanceof SVGElement ? style.fill : style.color);
  const behind = ground(element);
  const value = contrast(over(ink, behind), behind);
  if (value < 4.5) faults.push(`${place(element)} has a contrast of ${value.toFixed(2)}`);
}
return faults;
