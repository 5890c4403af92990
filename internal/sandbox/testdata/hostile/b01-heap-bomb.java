// try: arrays until there is no memory; the machine reports that itself, with an exit status
// want: RE or MLE
// limits: memory=64MiB wall=10s
import java.util.ArrayList;
import java.util.List;

public class Main {
    public static void main(String[] arguments) {
        List<byte[]> blocks = new ArrayList<>();
        while (true) {
            blocks.add(new byte[1 << 20]);
        }
    }
}
