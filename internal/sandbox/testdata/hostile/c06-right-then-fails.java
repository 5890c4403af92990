// try: prints the right answer, and then main throws what nobody catches
// want: RE
public class Main {
    public static void main(String[] arguments) throws Exception {
        System.out.println("ok");
        throw new IllegalStateException("no");
    }
}
