const n = Number(require("fs").readFileSync(0, "utf8"));
const held = [];
for (let i = 0; i < n; i++) held.push(new Array(1 << 17).fill(i + 0.5)); // 8 bytes each
console.log(held.length);
