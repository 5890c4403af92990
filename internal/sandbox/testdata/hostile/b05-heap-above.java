// try: 30 MiB of arrays in a heap, over a limit of 27 MiB: the machine reports that itself
// want: RE or MLE
// limits: memory=27MiB wall=10s
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
