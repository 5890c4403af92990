import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.StringTokenizer;

public class Width {
    static int needed(int[] positions, int width) {
        int count = 1;
        int from = positions[0];
        for (int x : positions) {
            if (x - from > width) {
                from = x;
                count++;
            }
        }
        return count;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer line = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(line.nextToken());
        int lights = Integer.parseInt(line.nextToken());
        line = new StringTokenizer(in.readLine());
        int[] positions = new int[n];
        for (int i = 0; i < n; i++) {
            positions[i] = Integer.parseInt(line.nextToken());
        }
        Arrays.sort(positions);
        int low = 0;
        int high = positions[n - 1] - positions[0];
        while (low < high) {
            int middle = (low + high) / 2;
            if (needed(positions, middle) <= lights) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        System.out.println(low);
    }
}
