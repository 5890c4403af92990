// try: does its work while the syntax is checked, not when it runs: the check must not execute anything
// want: AC
const fs = require("fs");
try {
    fs.writeFileSync("/code/checked", "x"); // /code can be written while it is compiled
} catch (err) {
    console.log(fs.existsSync("/code/checked") ? "the check ran me" : "ok");
}
