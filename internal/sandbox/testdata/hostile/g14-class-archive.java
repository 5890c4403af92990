// try: leaves an archive of classes and preferences where the next virtual machine looks for them
// want: AC
// runs: 2
import java.nio.file.*;
import java.util.List;

public class Archive {
    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        boolean bad = false;
        for (Path p : List.of(home.resolve("lib/server/evil.jsa"), home.resolve("lib/ext.jar"), home.resolve("conf/evil"), Path.of("/etc/java-17-openjdk/evil"), Path.of("/code/evil.jsa"), Path.of("/usr/share/java/evil.jar")))
            try {
                Files.writeString(p, "x");
                System.out.println(p + " can be written");
                bad = true;
            } catch (java.io.IOException e) {
                // as it should be
            }
        for (String name : new String[] {".hotspotrc", ".java", "hs_err_pid1.log", "JDK_JAVA_OPTIONS", ".hotspot_compiler"}) {
            Path p = Path.of(System.getenv("HOME"), name);
            if (Files.exists(p)) {
                System.out.println(p + " is there");
                bad = true;
            }
            Files.writeString(p, "exclude java.lang.Object.hashCode");
        }
        if (!bad) System.out.println("ok");
    }
}
