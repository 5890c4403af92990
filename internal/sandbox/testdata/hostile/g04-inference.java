// try: has the compiler infer the types of nested generic calls, whose number of ways doubles with each
// want: CE or AC
// limits: compile=2s
import java.util.function.*;

public class Infer {
    static <T> T pick(Supplier<T> a, Supplier<? super T> b) { return a.get(); }
    static <A, B> Function<A, B> both(Function<A, ? extends B> f, Function<? super A, B> g) { return x -> f.apply(x); }

    public static void main(String[] args) {
        Object o = pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> pick(() -> 1,
            () -> 2), () -> 3), () -> 4), () -> 5), () -> 6), () -> 7), () -> 8), () -> 9), () -> 10), () -> 11), () -> 12);
        System.out.println(o.equals(1) ? "ok" : "no");
    }
}
