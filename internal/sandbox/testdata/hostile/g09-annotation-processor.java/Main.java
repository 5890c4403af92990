public class Main {
    @Deprecated
    public static void main(String[] args) {
        System.out.println(new java.io.File("/code/processed").exists() ? "a processor ran" : "ok");
    }
}
