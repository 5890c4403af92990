// try: uses classes that could lie about on the compiler's paths, and reads the users' list as one
// want: CE
// log: !root:
import static etc.passwd.*;

public class Main extends etc.passwd {
    public static void main(String[] args) { System.out.println(root.x.toString()); }
}
