import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.StringTokenizer;

public class Boatman {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer line = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(line.nextToken());
        int limit = Integer.parseInt(line.nextToken());
        int[] weights = new int[n];
        line = new StringTokenizer(in.readLine());
        for (int i = 0; i < n; i++) {
            weights[i] = Integer.parseInt(line.nextToken());
        }
        Arrays.sort(weights);
        int crossings = 0;
        for (int light = 0, heavy = n - 1; light <= heavy; heavy--) {
            if (weights[light] <= limit - weights[heavy]) {
                light++;
            }
            crossings++;
        }
        System.out.println(crossings);
    }
}
