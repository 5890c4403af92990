// The machine itself says that its heap is full.
class Heap {
    public static void main(String[] args) {
        var kept = new java.util.ArrayList<long[]>();
        for (;;) kept.add(new long[1 << 20]);
    }
}
