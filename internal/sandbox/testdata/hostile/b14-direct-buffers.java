// try: memory outside the heap, where the machine's own limit of the heap does not hold
// want: RE or MLE
// limits: memory=64MiB wall=10s
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

public class Main {
    public static void main(String[] arguments) {
        List<ByteBuffer> buffers = new ArrayList<>();
        while (true) {
            ByteBuffer b = ByteBuffer.allocateDirect(1 << 20);
            for (int i = 0; i < b.capacity(); i += 4096) {
                b.put(i, (byte) 1);
            }
            buffers.add(b);
        }
    }
}
