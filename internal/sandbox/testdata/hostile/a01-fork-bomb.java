// try: starts shells that start shells; the machine reports that it cannot, or time runs out
// want: TLE or RE or MLE
// limits: cpu=200ms wall=3s
public class Main {
    public static void main(String[] arguments) throws Exception {
        while (true) {
            new ProcessBuilder("/bin/sh", "-c", "while :; do (while :; do :; done) & done").start();
        }
    }
}
