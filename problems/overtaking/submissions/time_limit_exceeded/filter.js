// Too slow: compares each rider with everybody who passed before.
const [n, ...order] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const beaten = new Array(n).fill(0);
const earlier = [];
for (const rider of order) {
  beaten[rider - 1] = earlier.filter((other) => other > rider).length;
  earlier.push(rider);
}
console.log(beaten.join(" "));
