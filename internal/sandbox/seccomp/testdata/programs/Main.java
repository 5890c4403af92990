// Threads, files, processes and timers of the Java library.
import java.io.*;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

public class Main {
  static void must(boolean b, String what) {
    if (!b) throw new IllegalStateException(what);
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int n = i;
      futures.add(pool.submit(() -> n * n));
    }
    int sum = 0;
    for (Future<Integer> f : futures) sum += f.get();
    must(sum == 140, "threads");
    pool.shutdown();

    ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    timer.schedule(() -> 1, 2, TimeUnit.MILLISECONDS).get();
    timer.shutdownNow();

    Path dir = Files.createTempDirectory("x");
    Path a = Files.writeString(dir.resolve("a"), "text");
    Path b = Files.copy(a, dir.resolve("b"));
    Files.move(b, dir.resolve("c"), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel in = FileChannel.open(a, StandardOpenOption.READ, StandardOpenOption.WRITE);
         FileChannel out = FileChannel.open(dir.resolve("d"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      must(in.transferTo(0, 4, out) == 4, "transfer");
      MappedByteBuffer map = in.map(FileChannel.MapMode.READ_WRITE, 0, 4);
      map.put(0, (byte) 'T');
      map.force();
      out.force(true);
    }
    try (RandomAccessFile f = new RandomAccessFile(a.toFile(), "rw")) {
      f.seek(1);
      must(f.read() == 'e', "seek");
    }
    try (var list = Files.walk(dir)) {
      must(list.count() == 4, "walk");
    }
    for (File f : dir.toFile().listFiles()) must(f.delete(), "delete");
    Files.delete(dir);

    Process p = new ProcessBuilder("/bin/echo", "hello").start();
    String line = new BufferedReader(new InputStreamReader(p.getInputStream())).readLine();
    must(p.waitFor() == 0 && line.equals("hello"), "process");

    Pipe pipe = Pipe.open();
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
    must(pipe.source().read(ByteBuffer.allocate(1)) == 1, "pipe");
    Selector.open().close();
    System.gc();
    new java.security.SecureRandom().nextInt();
    System.out.println("ok");
  }
}
