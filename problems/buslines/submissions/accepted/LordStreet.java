import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

public class LordStreet {
    record Hop(int to, long minutes) {}

    record Arrival(int stop, long time) implements Comparable<Arrival> {
        public int compareTo(Arrival other) {
            return Long.compare(time, other.time);
        }
    }

    static final BufferedInputStream in = new BufferedInputStream(System.in, 1 << 16);

    static int readInt() throws IOException {
        int c = in.read();
        while (c <= ' ') {
            c = in.read();
        }
        int number = 0;
        for (; c > ' '; c = in.read()) {
            number = 10 * number + c - '0';
        }
        return number;
    }

    static List<List<Hop>> readNetwork() throws IOException {
        int n = readInt();
        int lines = readInt();
        List<List<Hop>> hops = new ArrayList<>();
        for (int stop = 0; stop <= n; stop++) {
            hops.add(new ArrayList<>(4));
        }
        for (int line = 0; line < lines; line++) {
            int k = readInt();
            int minutes = readInt();
            int here = readInt();
            for (int i = 1; i < k; i++) {
                int there = readInt();
                hops.get(here).add(new Hop(there, minutes));
                hops.get(there).add(new Hop(here, minutes));
                here = there;
            }
        }
        return hops;
    }

    public static void main(String[] args) throws IOException {
        List<List<Hop>> hops = readNetwork();
        boolean[] done = new boolean[hops.size()];
        PriorityQueue<Arrival> queue = new PriorityQueue<>();
        queue.add(new Arrival(1, 0));
        int reached = 0;
        long farthest = 0;
        while (!queue.isEmpty()) {
            Arrival next = queue.remove();
            if (done[next.stop()]) {
                continue;
            }
            done[next.stop()] = true;
            reached++;
            farthest = next.time();
            for (Hop hop : hops.get(next.stop())) {
                if (!done[hop.to()]) {
                    queue.add(new Arrival(hop.to(), next.time() + hop.minutes()));
                }
            }
        }
        System.out.println(reached + " " + farthest);
    }
}
