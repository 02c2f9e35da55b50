package dev.atelier.operator;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a watch ended for good. The liveness probe then asks Kubernetes for a fresh process;
 * ending the JVM from here would take along whoever embeds the operator.
 */
final class LoggingStoppedHandler implements InformerStoppedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(LoggingStoppedHandler.class);

  @Override
  @SuppressWarnings("rawtypes")
  public void onStop(SharedIndexInformer informer, Throwable problem) {
    if (problem != null) {
      LOG.error("the watch on {} ended", informer.getApiTypeClass().getSimpleName(), problem);
    }
  }
}
