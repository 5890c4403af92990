// try: fetches by HTTP, TCP, UDP and DNS, as far as Node.js can
// want: AC
// limits: cpu=2s wall=8s
const dgram = require("dgram");
const dns = require("dns");
const net = require("net");

const reached = [];
const waits = [];
for (const host of ["127.0.0.1", "::1", "169.254.169.254", "8.8.8.8"])
    for (const port of [53, 80, 4222, 8080])
        waits.push(new Promise((done) => {
            const socket = net.connect({ host, port, timeout: 300 });
            socket.on("connect", () => done(reached.push(`${host}:${port}`)));
            socket.on("error", done);
            socket.on("timeout", done);
        }));
for (const [type, host] of [["udp4", "169.254.169.254"], ["udp4", "8.8.8.8"], ["udp6", "2001:4860:4860::8888"]])
    waits.push(new Promise((done) => {
        try {
            const socket = dgram.createSocket(type);
            socket.on("error", done);
            socket.send("x", 53, host, (err) => done(err || reached.push(`${type} ${host}`)));
        } catch (err) {
            done(err);
        }
    }));
waits.push(new Promise((done) => dns.lookup("example.com", (err) => done(err || reached.push("name")))));
waits.push(fetch("http://127.0.0.1:8080/").then(() => reached.push("http"), () => {}));
Promise.race([Promise.all(waits), new Promise((done) => setTimeout(done, 2000))]).then(() => {
    console.log(reached.join(" ") || "ok");
    process.exit(0);
});
