// try: computes for ever in a virtual machine, in the heap so that its collector computes too
// want: TLE
// limits: cpu=100ms wall=10s
public class Main {
    public static void main(String[] arguments) {
        String text = "";
        while (true) {
            text = (text + "x").substring(0, 1);
        }
    }
}
