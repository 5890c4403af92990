const [n, k, ...climbs] = readNumbers();
const seen = new Map([[0, 1]]);
let height = 0;
let lucky = 0;
for (const climb of climbs) {
  height = (((height + climb) % k) + k) % k;
  const before = seen.get(height) ?? 0;
  lucky += before;
  seen.set(height, before + 1);
}
console.log(String(lucky));

function readNumbers() {
  return require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
}
