// Wrong: flies straight over the rock.
const [q, r, ...numbers] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const lengths = [];
for (let i = 0; i < 4 * q; i += 4) {
  lengths.push(Math.hypot(numbers[i] - numbers[i + 2], numbers[i + 1] - numbers[i + 3]));
}
console.log(lengths.join("\n"));
