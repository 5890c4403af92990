// try: recursion that never ends, caught and begun again
// want: RE or MLE or TLE
// limits: cpu=500ms memory=64MiB wall=5s
public class Main {
    static int down(int n) {
        return down(n + 1) + 1;
    }

    public static void main(String[] arguments) {
        while (true) {
            try {
                down(0);
            } catch (StackOverflowError e) {
                down(0);
            }
        }
    }
}
