// try: puts its class into a package of the machine, and into one named like a directory of the system
// want: CE or RE
// limits: compile=20s
package java.lang;

public class Evil {
    public static void main(String[] args) { System.out.println("ok"); }
}
