// try: loads other files than its own as modules, which Node.js does when it runs: only what the box has can be had
// want: AC
const { readFileSync } = require("fs");
let bad = [];
for (const path of ["/etc/shadow", "/root/.npmrc", "/proc/1/environ", "../package.json", "/code/../answer.json", "/srv/package.json"])
    try {
        require(path);
        bad.push(path);
    } catch (err) {
        if (err.code !== "MODULE_NOT_FOUND" && err.code !== "EACCES" && err.code !== "ENOENT") bad.push(`${path}: ${err.code}`);
    }
if (!readFileSync(__filename, "utf8").includes("readFileSync")) bad.push("nothing can be read");
console.log(bad.join("\n") || "ok");
