// expect: CE
public class Broken {
    public static void main(String[] args) {
        int sum = "a number";
    }
}
