// Fails: an int is too narrow, and nextInt throws for what does not fit.
import java.util.Scanner;

public class Narrow {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println((long) in.nextInt() + in.nextInt());
    }
}
