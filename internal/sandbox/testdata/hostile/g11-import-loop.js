// try: prints the answer and ends with the status that Node.js has for a promise that was not kept
// want: RE
// limits: cpu=500ms wall=3s
import("fs").then(() => console.log("ok"));
process.on("exit", (code) => { process.exitCode = 13; });
