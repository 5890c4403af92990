// try: names classes like devices, with letters of other scripts, and so that two differ in case only
// want: AC
public class Con {
    static class con { }
    static class CON { }
    static class aux { }
    static class \u00e9\u4e2d { }
    static class $ { static class $$ { } }
    public static void main(String[] args) {
        System.out.println(new Object[] {new con(), new CON(), new aux(), new \u00e9\u4e2d(), new $.$$()}.length == 5 ? "ok" : "no");
    }
}
