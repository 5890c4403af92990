const input = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const lights = input[1];
const positions = Int32Array.from(input.slice(2)).sort();

function needed(width) {
  let count = 1;
  let from = positions[0];
  for (const x of positions) {
    if (x - from > width) {
      from = x;
      count++;
    }
  }
  return count;
}

let low = 0;
let high = positions[positions.length - 1] - positions[0];
while (low < high) {
  const middle = (low + high) >> 1;
  if (needed(middle) <= lights) {
    high = middle;
  } else {
    low = middle + 1;
  }
}
console.log(String(low));
