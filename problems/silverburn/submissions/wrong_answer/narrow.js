// Wrong: "| 0" cuts the sweat to 32 bits.
const [n, ...costs] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
let ways = [[Infinity, Infinity, Infinity], [Infinity, Infinity, Infinity], [0, 0, 0]];
for (const cost of [...costs, 0]) {
  const next = [1, 2, 3].map((jump) => {
    const before = ways[3 - jump].filter((_, i) => i !== jump - 1);
    return cost + Math.min(...before);
  });
  ways = [ways[1], ways[2], next];
}
console.log(String(Math.min(...ways[2]) | 0));
