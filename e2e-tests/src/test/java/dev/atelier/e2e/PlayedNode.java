package dev.atelier.e2e;

import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Result;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Kubelets on which every pod of the operator ends well as soon as it is there. */
final class PlayedNode implements AutoCloseable {

  private static final TerminationMessage WELL =
      TerminationMessage.of(Result.Succeeded, "StageDone", "done");

  private final KubernetesClient client;
  private final SharedIndexInformer<Pod> pods;

  private PlayedNode(KubernetesClient client, String namespace) {
    this.client = client;
    pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/managed-by", "atelier")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Pod pod) {
                    end(pod);
                  }

                  @Override
                  public void onUpdate(Pod before, Pod after) {}

                  @Override
                  public void onDelete(Pod pod, boolean unknown) {}
                });
  }

  static PlayedNode start(TestCluster cluster, String namespace) {
    return new PlayedNode(cluster.client("nodes"), namespace);
  }

  @Override
  public void close() {
    pods.close();
    client.close();
  }

  private void end(Pod pod) {
    if ("Pending".equals(pod.getStatus().getPhase())) {
      PlayedPod.tell(client, pod, PlayedPod.ended(0, WELL));
    }
  }
}
