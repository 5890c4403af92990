// Threads, files, processes and timers of Node.
const fs = require('fs'), os = require('os'), path = require('path');
const { execFileSync, spawn } = require('child_process');
const { Worker, isMainThread, parentPort } = require('worker_threads');
const assert = require('assert');

const finished = (emitter, event) => new Promise((yes, no) => emitter.on(event, yes).on('error', no));

async function main() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'x'));
  fs.writeFileSync(dir + '/a', 'text');
  fs.copyFileSync(dir + '/a', dir + '/b');
  fs.renameSync(dir + '/b', dir + '/c');
  await fs.promises.appendFile(dir + '/c', 'more');
  const f = await fs.promises.open(dir + '/c');
  await f.sync();
  await f.close();
  assert.equal(fs.readdirSync(dir).length, 2);
  fs.rmSync(dir, { recursive: true });

  assert.equal(execFileSync('/bin/echo', ['hello']).toString(), 'hello\n');
  const cat = spawn('/bin/cat');
  cat.stdin.end('hello');
  let out = '';
  cat.stdout.on('data', (d) => (out += d));
  assert.equal(await finished(cat, 'close'), 0);
  assert.equal(out, 'hello');

  const worker = new Worker(__filename);
  assert.equal(await finished(worker, 'message'), 42);
  await new Promise((yes) => setTimeout(yes, 2));
  require('crypto').randomBytes(8);
  console.log('ok');
}

if (isMainThread) main();
else parentPort.postMessage(42);
