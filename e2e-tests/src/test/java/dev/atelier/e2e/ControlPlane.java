package dev.atelier.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** A Kubernetes with the operator and a node that runs pods. */
public interface ControlPlane extends AutoCloseable {

  /** A client with every right. */
  KubernetesClient client();

  /** Makes the sample's volumes known: the claims that its resources name. */
  void provideVolumes();

  /** The directory behind a claim of the namespace {@code default}. */
  Path volume(String claim);

  /** The empty directory of a claim that a story made in the namespace {@code default}. */
  Path freshVolume(String claim);

  /** Ends the pod's process as the kernel would: no signal handler runs. */
  void killProcess(Pod pod);

  /** Stops the operator and starts a new one against the same API. */
  void restartOperator();

  @Override
  void close();
}
