package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Binds every claim at once: its volume is a folder of this machine, however large it grows. */
final class VolumeBinder implements AutoCloseable {
  private final KubernetesClient client;
  private final WorkQueue queue = new WorkQueue("volume-binder", this::bind);
  private final SharedIndexInformer<PersistentVolumeClaim> claims;

  VolumeBinder(KubernetesClient client) {
    this.client = client;
    claims = client.persistentVolumeClaims().inAnyNamespace().runnableInformer(0);
    claims.addEventHandler(
        new OnAny<>(
            c -> queue.add(c.getMetadata().getNamespace() + "/" + c.getMetadata().getName())));
  }

  void start() {
    claims.start();
  }

  private void bind(String key) {
    String[] parts = key.split("/", 2);
    var resource = client.persistentVolumeClaims().inNamespace(parts[0]).withName(parts[1]);
    PersistentVolumeClaim claim = resource.get();
    if (claim == null || "Bound".equals(claim.getStatus().getPhase())) {
      return;
    }
    var spec = claim.getSpec();
    var status =
        new PersistentVolumeClaimStatusBuilder()
            .withPhase("Bound")
            .withAccessModes(spec.getAccessModes());
    if (spec.getResources() != null) {
      status.withCapacity(spec.getResources().getRequests());
    }
    resource.editStatus(
        c -> {
          c.setStatus(status.build());
          return c;
        });
  }

  @Override
  public void close() {
    claims.close();
    queue.close();
  }
}
