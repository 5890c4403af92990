// try: nothing evil: workers, children and files of Node.js must work, though calls that it tries first are refused
// want: AC
// limits: cpu=2s wall=8s memory=512MiB
const { Worker, isMainThread, parentPort } = require("worker_threads");
const { execFileSync } = require("child_process");
const { writeFileSync } = require("fs");

if (!isMainThread) {
    parentPort.postMessage(19);
} else {
    const one = () => new Promise((done, fail) => new Worker(__filename).on("message", done).on("error", fail));
    Promise.all([one(), one(), one()]).then((parts) => {
        const said = execFileSync("/bin/echo", ["child"]).toString();
        writeFileSync("/scratch/file", said);
        console.log(parts.join() === "19,19,19" && said === "child\n" ? "ok" : [parts, said]);
    });
}
