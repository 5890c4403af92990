"use strict";
console.log(typeof require("fs").readFileSync === "function" ? "ok" : "no");
