import java.util.Scanner;

public class HeapTest {
    public static void main(String[] args) {
        int n = new Scanner(System.in).nextInt();
        byte[][] held = new byte[n][];
        for (int i = 0; i < n; i++) held[i] = new byte[1 << 20];
        System.out.println(held.length);
    }
}
