// try: 30 MiB of arrays in a heap, under a limit of 40 MiB: that must work
// want: AC
// limits: memory=40MiB wall=10s
// runs: 2
public class Main {
    public static void main(String[] arguments) {
        byte[][] blocks = new byte[30][];
        for (int i = 0; i < 30; i++) {
            blocks[i] = new byte[1 << 20];
        }
        System.out.println(blocks[29].length == 1 << 20 ? "ok" : "wrong");
    }
}
