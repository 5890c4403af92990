import java.util.Scanner;
import java.util.concurrent.*;

class Threads {
    static long depth(long n) { return n == 0 ? 0 : 1 + depth(n - 1); }

    public static void main(String[] args) throws Exception {
        var in = new Scanner(System.in);
        long a = in.nextLong(), b = in.nextLong();
        var pool = Executors.newFixedThreadPool(8);
        var sum = pool.submit(() -> a + b);
        System.out.println(sum.get() + depth(100_000) - 100_000 + new java.security.SecureRandom().nextInt(1));
        pool.shutdown();
    }
}
