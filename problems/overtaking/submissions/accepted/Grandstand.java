import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

public class Grandstand {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        StringTokenizer order = new StringTokenizer(in.readLine());
        int[] beaten = new int[n + 1];
        Passed earlier = new Passed(n);
        for (int passed = 0; passed < n; passed++) {
            int rider = Integer.parseInt(order.nextToken());
            beaten[rider] = passed - earlier.upTo(rider);
            earlier.add(rider);
        }
        StringBuilder out = new StringBuilder();
        for (int rider = 1; rider <= n; rider++) {
            out.append(beaten[rider]).append(rider < n ? ' ' : '\n');
        }
        System.out.print(out);
    }
}

/** The riders that have passed, as a Fenwick tree over their numbers. */
class Passed {
    private final int[] tree;

    Passed(int n) {
        tree = new int[n + 1];
    }

    void add(int rider) {
        for (int i = rider; i < tree.length; i += i & -i) {
            tree[i]++;
        }
    }

    int upTo(int rider) {
        int sum = 0;
        for (int i = rider; i > 0; i &= i - 1) {
            sum += tree[i];
        }
        return sum;
    }
}
