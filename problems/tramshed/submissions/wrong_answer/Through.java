// Wrong: believes that every list can be kept.
import java.util.Scanner;

public class Through {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int arrived = 0;
        int room = 0;
        for (int left = 0; left < n; left++) {
            arrived = Math.max(arrived, in.nextInt());
            room = Math.max(room, arrived - left);
        }
        System.out.println(room);
    }
}
