// try: makes a class of many strings, longer than a class file may have
// want: CE
// limits: compile=5s
public class Big {
    static final String A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    static final String B = A + A + A + A + A + A + A + A + A + A, C = B + B + B + B + B + B + B + B + B + B;
    static final String D = C + C + C + C + C + C + C + C + C + C, E = D + D + D + D + D + D + D + D + D + D;
    static final String F = E + E + E + E + E + E + E + E + E + E, G = F + F + F + F + F + F + F + F + F + F;
    public static void main(String[] args) { System.out.println(G); }
}
