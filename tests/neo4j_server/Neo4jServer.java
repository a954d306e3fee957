import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j Community server for tests: Bolt on a free loopback port, with authentication.
 *
 * <p>Call: {@code java -cp 'lib/*' Neo4jServer.java HOME}, the password in NEO4J_PASSWORD. Prints
 * {@code READY bolt://127.0.0.1:PORT} once queries are answered, and serves until its standard input
 * ends, so that it cannot outlive the process that started it.
 */
final class Neo4jServer {
    public static void main(String[] arguments) throws Exception {
        var loopback = new SocketAddress("127.0.0.1", 0);
        DatabaseManagementService service =
                new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                        .setConfig(BoltConnector.enabled, true)
                        .setConfig(BoltConnector.listen_address, loopback)
                        .setConfig(BoltConnector.advertised_address, loopback)
                        .setConfig(HttpConnector.enabled, false)
                        .setConfig(GraphDatabaseSettings.auth_enabled, true)
                        .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(64))
                        // By default Bolt waits some ten seconds for late callers before it closes.
                        .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
                        .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));

        // CREATE OR REPLACE and not ALTER: that one refuses the password which the home already has.
        service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                .executeTransactionally(
                        "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                        Map.of("password", System.getenv("NEO4J_PASSWORD")));
        var database = (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
        var address = database.getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class)
                .getLocalAddress(ConnectorType.BOLT);
        System.out.println("READY bolt://127.0.0.1:" + address.getPort());

        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
