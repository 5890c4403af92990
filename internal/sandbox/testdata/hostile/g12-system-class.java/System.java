public class System {
    static class Out { void println(String s) { java.lang.System.out.println(s); } }
    static Out out = new Out();
}
