// try: prints the answer, then halts with a status of the judge's own; anything but 0 is a failure
// want: RE
public class Halt {
    public static void main(String[] args) {
        System.out.println("ok");
        System.out.flush();
        Runtime.getRuntime().halt(42);
    }
}
