public class Main {
    public static void main(String[] args) {
        // \u000a System.out.println("ok"); /*
        */
    }
}
