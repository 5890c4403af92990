require("./addon.node");
console.log("ok");
