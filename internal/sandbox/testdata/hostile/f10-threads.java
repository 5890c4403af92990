// try: nothing evil: threads, timers, children and files of a virtual machine must work, though calls that it tries first are refused
// want: AC
// limits: cpu=2s wall=8s
import java.nio.file.*;
import java.util.concurrent.*;

public class Threads {
    public static void main(String[] args) throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        var parts = new java.util.ArrayList<Future<Integer>>();
        for (int i = 0; i < 20; i++) {
            int n = i;
            parts.add(pool.submit(() -> { Thread.sleep(2); return n; }));
        }
        int total = 0;
        for (var p : parts) total += p.get();
        pool.shutdown();
        var child = new ProcessBuilder("/bin/echo", "child").start();
        String said = new String(child.getInputStream().readAllBytes()).trim();
        Files.writeString(Path.of("/scratch/file"), said);
        System.out.println(total == 190 && child.waitFor() == 0 && said.equals("child") ? "ok" : total + said);
    }
}
