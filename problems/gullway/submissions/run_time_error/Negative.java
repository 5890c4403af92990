// Fails: the remainder of a descent is negative, and so is the index made of it.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

public class Negative {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer line = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(line.nextToken());
        int k = Integer.parseInt(line.nextToken());
        // And a height of a million or more is beyond the end.
        int[] seen = new int[Math.min(k, 1_000_000)];
        line = new StringTokenizer(in.readLine());
        long height = 0;
        long lucky = 0;
        seen[0] = 1;
        for (int i = 0; i < n; i++) {
            height = (height + Long.parseLong(line.nextToken())) % k;
            lucky += seen[(int) height]++;
        }
        System.out.println(lucky);
    }
}
