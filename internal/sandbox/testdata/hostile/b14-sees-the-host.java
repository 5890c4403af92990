// try: asks how much memory and how many processors there are; a machine that sizes itself by the host's would break the limits
// want: AC
// limits: memory=64MiB wall=10s
public class Main {
    public static void main(String[] arguments) {
        Runtime r = Runtime.getRuntime();
        boolean fits = r.maxMemory() <= 64L << 20 && r.availableProcessors() == 1;
        System.out.println(fits ? "ok" : r.maxMemory() + " bytes, " + r.availableProcessors() + " processors");
    }
}
