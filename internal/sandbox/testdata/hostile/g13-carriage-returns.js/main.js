const x = "ok";
console.log(x);
