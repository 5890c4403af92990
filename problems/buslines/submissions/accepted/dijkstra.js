const text = require("fs").readFileSync(0, "latin1");
let position = 0;

function readNumber() {
  while (text.charCodeAt(position) <= 32) position++;
  let number = 0;
  for (let c; (c = text.charCodeAt(position)) > 32; position++) number = 10 * number + c - 48;
  return number;
}

/** A binary heap of [time, stop], the earliest time first. */
class Queue {
  items = [];

  push(item) {
    const { items } = this;
    let i = items.push(item) - 1;
    for (let parent; i > 0 && item[0] < items[(parent = (i - 1) >> 1)][0]; i = parent) {
      items[i] = items[parent];
    }
    items[i] = item;
  }

  pop() {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (items.length === 0) return first;
    let i = 0;
    for (let child; (child = 2 * i + 1) < items.length; i = child) {
      if (child + 1 < items.length && items[child + 1][0] < items[child][0]) child++;
      if (items[child][0] >= last[0]) break;
      items[i] = items[child];
    }
    items[i] = last;
    return first;
  }
}

const n = readNumber();
const lines = readNumber();
const hops = Array.from({ length: n + 1 }, () => []);
for (let line = 0; line < lines; line++) {
  const k = readNumber();
  const minutes = readNumber();
  let here = readNumber();
  for (let i = 1; i < k; i++) {
    const there = readNumber();
    hops[here].push([minutes, there]);
    hops[there].push([minutes, here]);
    here = there;
  }
}

const done = new Uint8Array(n + 1);
const queue = new Queue();
queue.push([0, 1]);
let reached = 0;
let farthest = 0;
while (queue.items.length > 0) {
  const [time, stop] = queue.pop();
  if (done[stop]) continue;
  done[stop] = 1;
  reached++;
  farthest = time;
  for (const [minutes, there] of hops[stop]) {
    if (!done[there]) queue.push([time + minutes, there]);
  }
}
console.log(`${reached} ${farthest}`);
