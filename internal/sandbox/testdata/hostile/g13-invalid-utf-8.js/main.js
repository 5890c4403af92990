const x = "ok";
console.log(x);
// ÿþÀ€í €õ
