// try: puts its class into packages named like directories
// want: AC
package bin.usr.etc.code;

public class Main {
    public static void main(String[] args) { System.out.println("ok"); }
}
