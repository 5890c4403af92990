// try: floods standard output from a virtual machine
// want: OLE
// limits: wall=10s
public class Main {
    public static void main(String[] arguments) {
        byte[] block = new byte[1 << 16];
        while (true) {
            System.out.write(block, 0, block.length);
        }
    }
}
