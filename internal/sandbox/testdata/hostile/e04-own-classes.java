// try: rewrites its own class files and archives of the toolchain, so that the next test loads other classes
// want: AC
// runs: 2
import java.io.IOException;
import java.nio.file.*;
import java.util.*;

public class Classes {
    static boolean bad;

    interface Attempt { void run() throws IOException; }

    static void refused(String what, Attempt a) {
        try {
            a.run();
            System.out.println(what + " worked");
            bad = true;
        } catch (IOException | RuntimeException e) {
            // as it should be
        }
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        Path code = Path.of(System.getProperty("java.class.path"));
        if (!Files.exists(code.resolve("Classes.class"))) System.out.println("my own class is not there");
        for (Path p : List.of(code.resolve("Classes.class"), code.resolve("Classes.java"), home.resolve("lib/modules"), home.resolve("lib/server/classes.jsa"))) {
            refused("write " + p, () -> Files.newOutputStream(p, StandardOpenOption.WRITE).close());
            refused("truncate " + p, () -> Files.newByteChannel(p, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close());
            refused("delete " + p, () -> Files.delete(p));
            refused("move " + p, () -> Files.move(p, p.resolveSibling("moved")));
        }
        refused("create", () -> Files.createFile(code.resolve("Evil.class")));
        refused("link", () -> Files.createSymbolicLink(code.resolve("Evil.class"), Path.of("/scratch")));
        refused("preferences", () -> Files.createDirectory(home.resolve("x")));
        if (!bad) System.out.println("ok");
    }
}
