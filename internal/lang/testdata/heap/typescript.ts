import * as fs from "fs";

const n = Number(fs.readFileSync(0, "utf8"));
const held: number[][] = [];
for (let i = 0; i < n; i++) held.push(new Array<number>(1 << 17).fill(i + 0.5)); // 8 bytes each
console.log(held.length);
