public class Main {
    static boolean аdmin() { return false; }
    static boolean admin() { return true; }
    public static void main(String[] args) {
        System.out.println(admin() && !аdmin() ? "ok" : "no");
    }
}
