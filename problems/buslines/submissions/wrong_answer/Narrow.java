// Wrong: adds up the minutes in 32 bits.
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

public class Narrow {
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

    public static void main(String[] args) throws IOException {
        int n = readInt();
        int lines = readInt();
        List<List<int[]>> hops = new ArrayList<>();
        for (int stop = 0; stop <= n; stop++) {
            hops.add(new ArrayList<>(4));
        }
        for (int line = 0; line < lines; line++) {
            int k = readInt();
            int minutes = readInt();
            int here = readInt();
            for (int i = 1; i < k; i++) {
                int there = readInt();
                hops.get(here).add(new int[] {there, minutes});
                hops.get(there).add(new int[] {here, minutes});
                here = there;
            }
        }
        boolean[] done = new boolean[n + 1];
        PriorityQueue<int[]> queue = new PriorityQueue<>((a, b) -> Integer.compare(a[1], b[1]));
        queue.add(new int[] {1, 0});
        int reached = 0;
        int farthest = 0;
        while (!queue.isEmpty()) {
            int[] next = queue.remove();
            if (done[next[0]]) {
                continue;
            }
            done[next[0]] = true;
            reached++;
            farthest = Math.max(farthest, next[1]);
            for (int[] hop : hops.get(next[0])) {
                if (!done[hop[0]]) {
                    queue.add(new int[] {hop[0], next[1] + hop[1]});
                }
            }
        }
        System.out.println(reached + " " + farthest);
    }
}
