import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

public class Rock {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer line = new StringTokenizer(in.readLine());
        int q = Integer.parseInt(line.nextToken());
        double r = Double.parseDouble(line.nextToken());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < q; i++) {
            line = new StringTokenizer(in.readLine());
            double xa = Double.parseDouble(line.nextToken());
            double ya = Double.parseDouble(line.nextToken());
            double xb = Double.parseDouble(line.nextToken());
            double yb = Double.parseDouble(line.nextToken());
            double a = Math.sqrt(xa * xa + ya * ya - r * r);
            double b = Math.sqrt(xb * xb + yb * yb - r * r);
            double around = Math.abs(Math.atan2(xa * yb - ya * xb, xa * xb + ya * yb));
            around -= Math.atan2(a, r) + Math.atan2(b, r);
            out.append(around > 0 ? a + b + r * around : Math.hypot(xa - xb, ya - yb));
            out.append('\n');
        }
        System.out.print(out);
    }
}
