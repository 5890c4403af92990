import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.StringTokenizer;

public class Stones {
    static final long FAR = Long.MAX_VALUE / 2;

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        StringTokenizer costs = new StringTokenizer(in.readLine());
        long[][] least = new long[n + 2][4];
        least[0] = new long[] {0, FAR, FAR, FAR};
        for (int place = 1; place <= n + 1; place++) {
            long cost = place <= n ? Long.parseLong(costs.nextToken()) : 0;
            Arrays.fill(least[place], FAR);
            for (int jump = 1; jump <= Math.min(3, place); jump++) {
                for (int last = 0; last <= 3; last++) {
                    if (last != jump) {
                        long sweat = least[place - jump][last] + cost;
                        least[place][jump] = Math.min(least[place][jump], sweat);
                    }
                }
            }
        }
        System.out.println(Arrays.stream(least[n + 1]).min().getAsLong());
    }
}
