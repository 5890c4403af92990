const [count, ...lines] = require("fs").readFileSync(0, "utf8").split("\n");
const names = lines.slice(0, Number(count)).map((line) =>
  line
    .split(/ +/)
    .map((word) => word[0].toUpperCase() + word.slice(1).toLowerCase())
    .join(" ")
);
const width = Math.max(...names.map((name) => name.length));
const border = "+" + "-".repeat(width + 2) + "+";
const centre = (name) => " ".repeat(Math.floor((width - name.length) / 2)) + name;
console.log([border, ...names.map((name) => `| ${centre(name).padEnd(width)} |`), border].join("\n"));
