public class Main { public static void main(java.lang.String[] a) { System.out.println("ok"); } }
