// Wrong: numbers are doubles and lose their last digits beyond 2^53.
const [a, b] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(BigInt(a + b).toString());
