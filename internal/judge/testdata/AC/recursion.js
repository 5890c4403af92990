const deep = (n) => (n === 0 ? 0 : 1 + deep(n - 1));
const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(a + b + deep(100000) - 100000);
