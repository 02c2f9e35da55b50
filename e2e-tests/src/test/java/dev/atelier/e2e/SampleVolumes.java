package dev.atelier.e2e;

import dev.atelier.local.workstation.Manifest;
import dev.atelier.local.workstation.ManifestFiles;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of the sample, each bound to a volume that is a folder of this machine: the one that
 * comes with the sample, or a fresh one.
 */
final class SampleVolumes {

  private static final Path SAMPLE = WorkstationControlPlane.SAMPLES.resolve("headshot");

  private final KubernetesClient client;
  private final Path fresh;
  private final Map<String, Path> folders = new LinkedHashMap<>();

  SampleVolumes(KubernetesClient client, Path fresh) {
    this.client = client;
    this.fresh = fresh;
  }

  /** Creates them, with the runtime that uses them. */
  void provide() {
    ManifestFiles.read(List.of(SAMPLE.resolve("00-volumes.yaml"))).forEach(this::provide);
    client
        .resource(read(SAMPLE.resolve("10-runtime.yaml")))
        .fieldManager("sample")
        .forceConflicts()
        .serverSideApply();
  }

  Path folder(String claim) {
    return Optional.ofNullable(folders.get(claim)).orElseThrow();
  }

  private void provide(Manifest manifest) {
    var claim =
        Serialization.jsonMapper().convertValue(manifest.body(), PersistentVolumeClaim.class);
    var name = claim.getMetadata().getName();
    var folder =
        Optional.ofNullable(claim.getMetadata().getAnnotations())
            .map(annotations -> annotations.remove(ManifestFiles.PATH_ANNOTATION))
            .map(Path::of)
            .orElseGet(() -> create(fresh.resolve(name)));
    bind(claim, folder);
    // No dynamic provisioning: the volume waits for this claim.
    claim.getSpec().setStorageClassName("");
    client.resource(claim).create();
  }

  /** A fresh folder for a claim that is there already. */
  Path fresh(String name) {
    var claim = client.persistentVolumeClaims().inNamespace("default").withName(name).require();
    var folder = create(fresh.resolve(name));
    bind(claim, folder);
    return folder;
  }

  private void bind(PersistentVolumeClaim claim, Path folder) {
    var name = claim.getMetadata().getName();
    folders.put(name, folder);
    var volume =
        new PersistentVolumeBuilder()
            .withNewMetadata()
            .withName("sample-" + name)
            .endMetadata()
            .withNewSpec()
            .withAccessModes(claim.getSpec().getAccessModes())
            .withCapacity(claim.getSpec().getResources().getRequests())
            .withPersistentVolumeReclaimPolicy("Retain")
            .withNewClaimRef()
            .withNamespace(claim.getMetadata().getNamespace())
            .withName(name)
            .endClaimRef()
            .withNewHostPath()
            .withPath(folder.toString())
            .endHostPath()
            .endSpec();
    client.resource(volume.build()).create();
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
