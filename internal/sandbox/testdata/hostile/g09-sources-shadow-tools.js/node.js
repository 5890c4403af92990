console.error("the shadow of a tool runs");
module.exports = {};
