# Threads, files, processes and timers of Python's library.
import asyncio, mmap, multiprocessing, os, queue, random, secrets, select, shutil, signal
import socket, sqlite3, subprocess, tempfile, threading, time


def square(n):
    return n * n


async def waits():
    await asyncio.sleep(0.001)
    p = await asyncio.create_subprocess_exec("/bin/echo", "hello", stdout=subprocess.PIPE)
    out, _ = await p.communicate()
    assert out == b"hello\n"


def main():
    q = queue.Queue()
    threads = [threading.Thread(target=q.put, args=(i,)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(q.get() for _ in range(4)) == [0, 1, 2, 3]

    with tempfile.TemporaryDirectory() as d:
        a = os.path.join(d, "a")
        with open(a, "w") as f:
            f.write("text")
            f.flush()
            os.fsync(f.fileno())
        shutil.copy2(a, os.path.join(d, "b"))
        shutil.copytree(d, os.path.join(d, "c"))
        os.replace(a, os.path.join(d, "e"))
        assert len(list(os.scandir(d))) == 3
        with open(os.path.join(d, "e"), "r+b") as f, mmap.mmap(f.fileno(), 0) as m:
            m[0:1] = b"T"
            m.flush()

    assert subprocess.run(["tr", "a-z", "A-Z"], input=b"hello", stdout=subprocess.PIPE, check=True).stdout == b"HELLO"
    with multiprocessing.Pool(2) as pool:
        assert pool.map(square, range(8)) == [n * n for n in range(8)]
    asyncio.run(waits())

    fired = []
    signal.signal(signal.SIGALRM, lambda *_: fired.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    while not fired:
        time.sleep(0.0001)

    left, right = socket.socketpair()
    left.send(b"x")
    assert select.select([right], [], [], 10)[0] == [right]
    db = sqlite3.connect(":memory:")
    assert db.execute("select 6 * 7").fetchone() == (42,)
    secrets.token_bytes(8), random.random()
    print("ok")


if __name__ == "__main__":
    main()
