// try: asks the virtual machine for what it knows of its surroundings: environment, properties, users, mounts; a path or a name of the host would be a leak
// want: AC
import java.io.File;
import java.nio.file.*;
import java.util.*;

public class Surroundings {
    public static void main(String[] args) throws Exception {
        boolean bad = false;
        var known = Set.of("PATH", "HOME", "LANG", "TMPDIR", "HOSTNAME", "container");
        for (String name : System.getenv().keySet())
            if (!known.contains(name)) {
                System.out.println("environment: " + name);
                bad = true;
            }
        for (String name : new String[] {"user.dir", "user.home", "java.io.tmpdir", "java.class.path", "user.name"}) {
            String value = System.getProperty(name);
            if (value != null && value.matches(".*(root|home|work|deemster).*")) {
                System.out.println(name + " = " + value);
                bad = true;
            }
        }
        for (ProcessHandle p : ProcessHandle.allProcesses().toList())
            if (p.pid() != ProcessHandle.current().pid() && p.info().command().isPresent()) {
                System.out.println("process: " + p.info().command().get());
                bad = true;
            }
        String[] libraries = new File("/var/lib").list(); // GHC's packages are there
        if (libraries != null && !Set.of("ghc").containsAll(Arrays.asList(libraries))) {
            System.out.println("readable: " + Arrays.toString(libraries));
            bad = true;
        }
        for (String name : new String[] {"/root", "/home", "/run", "/etc/shadow"})
            if (new File(name).exists() && new File(name).canRead() && (new File(name).isFile() || new File(name).list().length > 0)) {
                System.out.println("readable: " + name);
                bad = true;
            }
        if (!bad) System.out.println("ok");
    }
}
