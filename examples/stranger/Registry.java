import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The registry of the example: {@code java Registry.java} prints its address, and answers until it is ended. */
class Registry {
    private static final byte[] GUESTS =
            "1;Kari;Nordmann\n2;Ola;Hansen\n3;Siri;Ødegård\n".getBytes(StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/guests.csv", exchange -> {
            exchange.sendResponseHeaders(200, GUESTS.length);
            exchange.getResponseBody().write(GUESTS);
            exchange.close();
        });
        server.start();
        System.out.println("http://localhost:" + server.getAddress().getPort());
    }
}
