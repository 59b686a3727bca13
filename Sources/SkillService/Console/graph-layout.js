// Where the nodes and edges of a directed acyclic graph go: layers, order in a layer, coordinates.
// After Sugiyama, Tagawa and Toda (1981): longest-path layers, dummy nodes on long edges, barycentre sweeps.

/** Places nodes `[{id}]` and edges `[{from, to}]`; `direction` is "right" or "down". Sizes are in SVG units. */
export function placed(nodes, edges, { direction = 'right', width = 190, height = 64, layerGap = 64, nodeGap = 20 } = {}) {
  const known = new Set(nodes.map((node) => node.id));
  const lines = edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const layers = layered(nodes, lines);
  const { rows, chains } = withDummies(nodes, lines, layers);
  order(rows, chains);
  return coordinates(rows, chains, { direction, width, height, layerGap, nodeGap });
}

/** Layer of each node: one below the lowest it waits for. A cycle, which no valid plan has, ends where it is met again. */
function layered(nodes, lines) {
  const waits = new Map(nodes.map((node) => [node.id, []]));
  for (const { from, to } of lines) waits.get(to).push(from);
  const layers = new Map();
  const open = new Set();
  const visit = (id) => {
    if (layers.has(id)) return layers.get(id);
    if (open.has(id)) return -1;
    open.add(id);
    const layer = Math.max(-1, ...waits.get(id).map(visit)) + 1;
    open.delete(id);
    layers.set(id, layer);
    return layer;
  };
  nodes.forEach((node) => visit(node.id));
  return layers;
}

/** Rows of cells, and each edge as the chain of cells it goes through. */
function withDummies(nodes, lines, layers) {
  const cells = new Map(nodes.map((node) => [node.id, { id: node.id, layer: layers.get(node.id), isNode: true, place: 0 }]));
  const rows = Array.from({ length: Math.max(0, ...layers.values()) + 1 }, () => []);
  nodes.forEach((node) => rows[layers.get(node.id)].push(cells.get(node.id)));
  const chains = lines.map((line) => {
    const [start, end] = [cells.get(line.from), cells.get(line.to)];
    const chain = [start];
    for (let layer = start.layer + 1; layer < end.layer; layer++) {
      const dummy = { id: `${line.from}>${line.to}@${layer}`, layer, isNode: false, place: 0 };
      rows[layer].push(dummy);
      chain.push(dummy);
    }
    chain.push(end);
    return { line, chain };
  });
  return { rows, chains };
}

function order(rows, chains) {
  const [above, below] = [new Map(), new Map()];
  for (const { chain } of chains) {
    for (let index = 1; index < chain.length; index++) {
      push(above, chain[index], chain[index - 1]);
      push(below, chain[index - 1], chain[index]);
    }
  }
  const number = (row) => row.forEach((cell, index) => { cell.place = index; });
  rows.forEach(number);
  for (let sweep = 0; sweep < 6; sweep++) {
    const isDown = sweep % 2 === 0;
    const side = isDown ? above : below;
    for (const row of isDown ? rows : rows.toReversed()) {
      const wish = new Map(row.map((cell) => [cell, mean(side.get(cell)?.map((other) => other.place)) ?? cell.place]));
      row.sort((a, b) => wish.get(a) - wish.get(b) || a.place - b.place);
      number(row);
    }
  }
}

/** Positions across: as near as possible to the mean of the neighbours, with the gap kept. */
function coordinates(rows, chains, { direction, width, height, layerGap, nodeGap }) {
  const isRight = direction === 'right';
  const [along, across] = isRight ? [width, height] : [height, width];
  const size = (cell) => (cell.isNode ? across : nodeGap);
  const neighbours = new Map();
  for (const { chain } of chains) {
    for (let index = 1; index < chain.length; index++) {
      push(neighbours, chain[index], chain[index - 1]);
      push(neighbours, chain[index - 1], chain[index]);
    }
  }
  for (const row of rows) {
    let from = 0;
    for (const cell of row) {
      cell.middle = from + size(cell) / 2;
      from += size(cell) + nodeGap;
    }
    const shift = (from - nodeGap) / 2;
    for (const cell of row) cell.middle -= shift;
  }
  for (let sweep = 0; sweep < 8; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      const wish = row.map((cell) => mean(neighbours.get(cell)?.map((other) => other.middle)) ?? cell.middle);
      settle(row, wish, size, nodeGap);
    }
  }
  const all = rows.flat();
  const least = Math.min(...all.map((cell) => cell.middle - size(cell) / 2));
  const most = Math.max(...all.map((cell) => cell.middle + size(cell) / 2));
  const point = (cell, offset) => {
    const [a, b] = [cell.layer * (along + layerGap) + offset, cell.middle - least];
    return isRight ? { x: a, y: b } : { x: b, y: a };
  };
  const total = rows.length * along + Math.max(0, rows.length - 1) * layerGap;
  return {
    width: isRight ? total : most - least,
    height: isRight ? most - least : total,
    nodes: new Map(all.filter((cell) => cell.isNode).map((cell) => {
      const center = point(cell, along / 2);
      return [cell.id, { x: center.x - width / 2, y: center.y - height / 2, layer: cell.layer }];
    })),
    edges: chains.map(({ line, chain }) => ({
      ...line,
      points: chain.flatMap((cell, index) => {
        if (index === 0) return [point(cell, along)];
        if (index === chain.length - 1) return [point(cell, 0)];
        return [point(cell, 0), point(cell, along)];
      }),
    })),
  };
}

/** Moves cells towards their wishes without letting two overlap: a sweep from each side, then their mean. */
function settle(row, wish, size, gap) {
  const forward = [];
  row.forEach((cell, index) => {
    const before = row[index - 1];
    const least = before ? forward[index - 1] + (size(before) + size(cell)) / 2 + gap : -Infinity;
    forward.push(Math.max(wish[index], least));
  });
  const backward = [];
  for (let index = row.length - 1; index >= 0; index--) {
    const after = row[index + 1];
    const most = after ? backward[index + 1] - (size(after) + size(row[index])) / 2 - gap : Infinity;
    backward[index] = Math.min(wish[index], most);
  }
  row.forEach((cell, index) => { cell.middle = (forward[index] + backward[index]) / 2; });
}

function push(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

function mean(numbers) {
  return numbers?.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : null;
}

/** A smooth line through the points of an edge. */
export function curve(points, direction) {
  const [first, ...rest] = points;
  let path = `M${number(first.x)} ${number(first.y)}`;
  let last = first;
  for (const point of rest) {
    if (direction === 'right') {
      const middle = (last.x + point.x) / 2;
      path += `C${number(middle)} ${number(last.y)} ${number(middle)} ${number(point.y)} ${number(point.x)} ${number(point.y)}`;
    } else {
      const middle = (last.y + point.y) / 2;
      path += `C${number(last.x)} ${number(middle)} ${number(point.x)} ${number(middle)} ${number(point.x)} ${number(point.y)}`;
    }
    last = point;
  }
  return path;
}

const number = (value) => Math.round(value * 10) / 10;
