// try: starts threads that sleep until the machine cannot make one more
// want: RE or TLE or MLE
// limits: cpu=400ms wall=1s
public class Main {
    public static void main(String[] arguments) throws Exception {
        while (true) {
            new Thread(() -> {
                try {
                    Thread.sleep(1000000);
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            }).start();
        }
    }
}
