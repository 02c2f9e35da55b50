package dev.atelier.local.workstation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Installs the CustomResourceDefinitions that the API module carries. */
public final class Definitions {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          DiffusionRuntime.class, HeadshotModel.class, GenerationJob.class, VideoGenerator.class);

  private Definitions() {}

  /** Creates them, or brings those of an earlier version up to date. */
  public static void install(KubernetesClient client) {
    for (var kind : KINDS) {
      var file = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(kind) + "-v1.yml";
      try (var yaml = Definitions.class.getResourceAsStream(file)) {
        client
            .load(Objects.requireNonNull(yaml, () -> file + " is not on the class path"))
            .serverSideApply();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }
}
