// try: sleeps in a virtual machine whose shutdown hook sleeps too
// want: TLE
// limits: cpu=100ms wall=300ms
public class Main {
    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException e) {
                    continue;
                }
            }
        }));
        System.out.println("ok");
        System.exit(0);
    }
}
