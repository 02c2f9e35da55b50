package dev.atelier.local.workstation;

import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.node.NodeAgent;
import dev.atelier.local.node.NodeSettings;
import dev.atelier.operator.AtelierOperator;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.operator.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The embedded API, the operator and a node agent in this JVM. The operator is the one that runs in
 * a cluster, and pods run the runtime's own main class.
 */
public final class WorkstationPlatform implements Platform {

  /** Nothing pulls it: pods run the runtime of this class path in its place. */
  private static final String IMAGE = "atelier-runtime";

  private static final OperatorSettings OPERATOR =
      new OperatorSettings(
          IMAGE,
          Set.of(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          4,
          0,
          false,
          "default",
          Optional.empty());

  private final StateDirectory state;
  private final NodeSettings node;
  private final Clock clock;
  private final EmbeddedCluster cluster;
  private final KubernetesClient client;
  private Optional<AtelierOperator> operator = Optional.empty();
  private Optional<NodeAgent> agent = Optional.empty();

  private WorkstationPlatform(StateDirectory state, NodeSettings node, Clock clock) {
    this.state = state;
    this.node = node;
    this.clock = clock;
    cluster = EmbeddedCluster.start(new StrictAdmission(), clock);
    client = KubernetesClients.tolerant(cluster.config());
  }

  /** A platform of {@code atelier run}, whose log goes to a file. */
  public static WorkstationPlatform openQuietly(StateDirectory state, Clock clock) {
    LogFile.use(state.create());
    return open(state, node(state), clock);
  }

  /** The node of {@code atelier run}: its pods run the runtime of this class path. */
  public static NodeSettings node(StateDirectory state) {
    return NodeSettings.of(state.root(), RuntimePods.ofThisProcess());
  }

  /** A platform with a node of one's own. */
  public static WorkstationPlatform open(StateDirectory state, NodeSettings node, Clock clock) {
    var platform = new WorkstationPlatform(state, node, clock);
    try {
      platform.restore();
      return platform;
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  private void restore() {
    try {
      cluster.restore(state.resources());
    } catch (IOException e) {
      throw new UserError(
          "the saved resources in %s cannot be read: %s".formatted(state.resources(), e),
          "Delete that folder to forget them, or use another state directory with --state DIR.");
    }
    Definitions.install(client);
    var config = cluster.config();
    new Connection(config.getMasterUrl(), config.getOauthToken(), "").write(state);
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void start() {
    agent = Optional.of(NodeAgent.start(client, node, clock));
    new PodFolders(state, client).sweep();
    operator = Optional.of(AtelierOperator.start(client, OPERATOR, clock));
  }

  /** Replaces the operator by a new one, as an upgrade does in a cluster; pods run on. */
  public void restartOperator() {
    operator.ifPresent(AtelierOperator::close);
    operator = Optional.of(AtelierOperator.start(client, OPERATOR, clock));
  }

  /** The process of a running pod. */
  public Optional<ProcessHandle> process(String namespace, String pod) {
    return agent.flatMap(running -> running.process(namespace, pod));
  }

  @Override
  public void save() {
    try {
      cluster.export(state.resources());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot save the resources in %s; is the disk full?".formatted(state.resources()), e);
    }
  }

  @Override
  public void stop() {
    // Pods first: the operator still notes what their last words were.
    agent.ifPresent(NodeAgent::close);
    agent = Optional.empty();
    operator.ifPresent(AtelierOperator::close);
    operator = Optional.empty();
    new PodFolders(state, client).sweep();
    save();
  }

  @Override
  public void close() {
    agent.ifPresent(NodeAgent::close);
    operator.ifPresent(AtelierOperator::close);
    Connection.remove(state);
    client.close();
    cluster.close();
  }
}
