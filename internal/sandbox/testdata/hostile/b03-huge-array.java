// try: one array of half a gibibyte
// want: RE or MLE
// limits: memory=64MiB wall=10s
public class Main {
    public static void main(String[] arguments) {
        int[][][] cube = new int[512][512][512];
        System.out.println(cube.length);
    }
}
