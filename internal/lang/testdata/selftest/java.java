import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

public class SelfTest {
    public static void main(String[] args) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in));
        long sum = 0;
        for (String line; (line = in.readLine()) != null; ) {
            var words = new StringTokenizer(line);
            while (words.hasMoreTokens()) sum += Long.parseLong(words.nextToken());
        }
        System.out.println(sum);
    }
}
