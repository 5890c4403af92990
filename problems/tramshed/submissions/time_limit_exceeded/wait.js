// Never ends when the list cannot be kept: waits for the tram to appear at the door.
const [n, ...order] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const shed = [];
let arrived = 0;
let room = 0;
for (const tram of order) {
  while (shed[shed.length - 1] !== tram) {
    if (arrived < n) {
      shed.push(++arrived);
    }
  }
  room = Math.max(room, shed.length);
  shed.pop();
}
console.log(room);
