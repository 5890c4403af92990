// try: 80 MiB of stack under a limit of 256 MiB must work in a virtual machine too
// want: AC
// limits: memory=256MiB wall=10s
public class Main {
    static int down(int n) {
        return n == 0 ? 0 : down(n - 1) + 1;
    }

    public static void main(String[] arguments) {
        System.out.println(down(1000000) == 1000000 ? "ok" : "wrong");
    }
}
