package dev.atelier.operator;

import io.fabric8.kubernetes.client.Config;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's pod. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private Main() {}

  /** Watches until SIGTERM. */
  public static void main(String[] arguments) throws InterruptedException {
    var settings = OperatorSettings.ofEnvironment();
    var client = KubernetesClients.tolerant(Config.autoConfigure(null));
    var operator = AtelierOperator.start(client, settings, Clock.systemUTC());
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  client.close();
                  stopped.countDown();
                },
                "stop"));
    LOG.info(
        "watching {}", settings.namespaces().isEmpty() ? "all namespaces" : settings.namespaces());
    stopped.await();
  }
}
