// try: opens plain, datagram, channel and multicast sockets and a server, and looks up names
// want: AC
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;

public class Sockets {
    interface Attempt { void run() throws Exception; }
    static boolean bad;

    static void refused(String what, Attempt a) {
        try {
            a.run();
            System.out.println(what);
            bad = true;
        } catch (Exception | Error e) {
            // as it should be
        }
    }

    public static void main(String[] args) {
        for (String host : new String[] {"127.0.0.1", "::1", "169.254.169.254", "8.8.8.8"}) {
            var to = new InetSocketAddress(host, 8080);
            refused("stream to " + host, () -> { try (var s = new Socket()) { s.connect(to, 200); } });
            if (to.getAddress().isLoopbackAddress()) continue; // a datagram to its own loopback goes nowhere
            refused("datagram to " + host, () -> { try (var s = new DatagramSocket()) { s.send(new DatagramPacket(new byte[1], 1, to)); } });
            refused("channel to " + host, () -> { try (var c = DatagramChannel.open()) { if (c.send(ByteBuffer.allocate(1), to) == 0) throw new Exception(); } });
        }
        refused("name", () -> InetAddress.getByName("example.com"));
        refused("multicast", () -> { try (var s = new MulticastSocket()) { s.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("224.0.0.1"), 9)); } });
        refused("docker", () -> SocketChannel.open(UnixDomainSocketAddress.of("/run/docker.sock")));
        if (!bad) System.out.println("ok");
    }
}
