// Benchmarks: the report's plots and tables, as they come with the program.
import * as api from './api.js';
import { h, replace } from './dom.js';
import { markdown } from './markdown.js';
import { empty, loading, problem } from './notices.js';

/** Shows the view. */
export async function showBenchmarks({ main, signal }) {
  const body = h('div', {}, loading('benchmarks'));
  replace(main, h('h1', { tabindex: '-1' }, 'Benchmarks'), body);
  const load = async () => {
    try {
      replace(body, parts(await api.benchmarks(signal), signal));
    } catch (error) {
      if (signal.aborted) return;
      if (error.code === 'no-benchmarks') replace(body, empty('No results are installed here.', h('p', { class: 'muted' }, error.message), error.hint ? h('p', { class: 'muted' }, error.hint) : null));
      else replace(body, problem(error, load));
    }
  };
  await load();
}

function parts(told, signal) {
  const environment = Object.entries(told.environment ?? {});
  return [
    environment.length > 0
      ? h('section', { class: 'panel', 'aria-label': 'Measured on' }, h('h2', {}, 'Measured on'),
        h('dl', { class: 'pairs wide-pairs' }, environment.map(([name, value]) => h('div', {}, h('dt', {}, name.replaceAll('_', ' ')), h('dd', {}, typeof value === 'string' ? value : JSON.stringify(value))))))
      : null,
    h('section', { 'aria-label': 'Plots' }, h('h2', {}, 'Plots'),
      told.plots?.length
        ? h('div', { class: 'plots' }, told.plots.map((plot) => {
          const frame = h('div', { class: 'plot-frame' }, loading('the plot'));
          showPlot(frame, plot, signal);
          return h('figure', { class: 'panel plot' }, frame, h('figcaption', {}, plot.title));
        }))
        : empty('No plots.')),
    told.report ? h('section', { class: 'panel report', 'aria-label': 'Report' }, h('h2', {}, 'Report'), markdown(told.report.replace(/^<!--.*-->\n/gm, ''))) : null,
  ];
}

/** An image cannot send a token, so the plot is fetched and shown from memory. */
async function showPlot(frame, plot, signal) {
  try {
    const address = URL.createObjectURL(await api.plot(plot.name, signal));
    signal.addEventListener('abort', () => URL.revokeObjectURL(address));
    replace(frame, h('img', { src: address, alt: `Plot: ${plot.title}`, decoding: 'async' }));
  } catch (error) {
    if (!signal.aborted) replace(frame, problem(error, () => showPlot(frame, plot, signal)));
  }
}
