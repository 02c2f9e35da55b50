package dev.atelier.local.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes API in this JVM: on the loopback interface, on a random port, over TLS, and only for
 * those who have its random token, because writing to it starts processes.
 *
 * <p>Served over fabric8's mock web server with a store and verbs of our own. It is not a
 * Kubernetes distribution: no kubectl (watches are web sockets only), no RBAC, one version per
 * kind.
 */
public final class EmbeddedCluster implements AutoCloseable {
  /** Held, because a logger nobody holds forgets its level; it logs every request at INFO. */
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  private final ObjectStore store = new ObjectStore();
  private final ResourceTypes types = new ResourceTypes();
  private final ExecutorService events = Executors.newSingleThreadExecutor(r -> daemon(r, "watch"));
  private final ExecutorService garbage = Executors.newSingleThreadExecutor(r -> daemon(r, "gc"));
  private final MockWebServer server = new MockWebServer();
  private final GarbageCollector collector;
  private final Config config;
  private final KubernetesClient client;

  private EmbeddedCluster(ResourceAdmission admission, Clock clock) {
    REQUESTS.setLevel(Level.WARNING);
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    ObjectWrites writes = new ObjectWrites(store, types, admission, clock);
    Deletions deletions = new Deletions(store, writes, clock);
    ObjectPatches patches = new ObjectPatches(store, types, writes, clock);
    ResourceApi api = new ResourceApi(store, types, writes, patches, deletions);
    Watches watches = new Watches(store, events);
    collector = new GarbageCollector(store, types, writes, deletions, garbage);
    store.listen(watches::onChange);
    store.listen(collector::onChange);
    server.setDispatcher(forgetful(new ApiDispatcher(token, api, new Discovery(types), watches)));
    server.useHttps();
    server.start(InetAddress.getLoopbackAddress(), 0);
    config = config(server.getPort(), token);
    client = new KubernetesClientBuilder().withConfig(config).build();
    for (String namespace : List.of("default", "kube-system")) {
      ResourceType type = types.find("", "v1", "namespaces").orElseThrow();
      var object = FieldSets.empty();
      object.putObject("metadata").put("name", namespace);
      writes.create(type, "", object, w -> {});
    }
  }

  /** Starts an empty cluster that has the namespaces {@code default} and {@code kube-system}. */
  public static EmbeddedCluster start(ResourceAdmission admission, Clock clock) {
    return new EmbeddedCluster(admission, clock);
  }

  /** The client that this cluster closes with itself. */
  public KubernetesClient client() {
    return client;
  }

  /** How to connect, for clients of your own. */
  public Config config() {
    return config;
  }

  /**
   * Writes every object as YAML below a folder, replacing what was there, one file each: {@code
   * <group or core>/<plural>/<namespace>/<name>.yaml}. Leases and Nodes belong to this process and
   * are left out.
   */
  public void export(Path folder) throws IOException {
    new SavedObjects(folder).write(store.all());
  }

  /**
   * Loads what {@link #export} wrote, if the folder exists, with uids and versions as they were.
   * Call it before controllers start. A pod that was running when it was saved has no process any
   * longer: it comes back as failed by a disruption, so that its Job replaces it uncounted.
   */
  public void restore(Path folder) throws IOException {
    for (var saved : new SavedObjects(folder).read()) {
      store.load(saved.key(), saved.object());
      if (saved.key().plural().equals("customresourcedefinitions")) {
        types.define(saved.object());
      }
    }
    collector.sweep();
  }

  @Override
  public void close() {
    client.close();
    server.shutdown();
    garbage.shutdownNow();
    events.shutdownNow();
  }

  private static Config config(int port, String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + port + "/")
        .withOauthToken(token)
        .withTrustCerts(true)
        .withDisableHostnameVerification(true)
        .withHttp2Disable(true)
        .withNamespace("default")
        .build();
  }

  /** The mock web server keeps every request for assertions; here nobody asks for them. */
  private Dispatcher forgetful(Dispatcher dispatcher) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        server.reset();
        return dispatcher.dispatch(request);
      }
    };
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, "embedded-cluster-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
