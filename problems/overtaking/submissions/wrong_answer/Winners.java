// Wrong: counts whom each rider has beaten, not by whom each was beaten.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

public class Winners {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        StringTokenizer order = new StringTokenizer(in.readLine());
        int[] won = new int[n + 1];
        int[] tree = new int[n + 1];
        for (int passed = 0; passed < n; passed++) {
            int rider = Integer.parseInt(order.nextToken());
            int earlierStarts = 0;
            for (int i = rider; i > 0; i &= i - 1) {
                earlierStarts += tree[i];
            }
            won[rider] = rider - 1 - earlierStarts;
            for (int i = rider; i <= n; i += i & -i) {
                tree[i]++;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int rider = 1; rider <= n; rider++) {
            out.append(won[rider]).append(' ');
        }
        System.out.println(out);
    }
}
