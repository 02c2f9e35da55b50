package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Applies manifests as {@code kubectl apply --server-side} does. */
public final class Applier {

  private static final String FIELD_MANAGER = "atelier-cli";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient client;

  public Applier(KubernetesClient client) {
    this.client = client;
  }

  /** Applies every manifest, and returns those that were refused. */
  public List<Refusal> apply(List<Manifest> manifests) {
    var refusals = new ArrayList<Refusal>();
    for (var manifest : manifests) {
      missingFolder(manifest)
          .or(() -> apply(manifest))
          .ifPresent(message -> refusals.add(new Refusal(manifest, message)));
    }
    return refusals;
  }

  private Optional<String> apply(Manifest manifest) {
    var resource = JSON.convertValue(manifest.body(), GenericKubernetesResource.class);
    try {
      client.resource(resource).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(reason(e));
    }
  }

  private static String reason(KubernetesClientException e) {
    var status = e.getStatus();
    if (status == null || status.getMessage() == null) {
      return String.valueOf(e.getMessage());
    }
    var details = status.getDetails();
    return details == null || details.getCauses() == null || details.getCauses().isEmpty()
        ? status.getMessage()
        : details.getCauses().stream().map(Applier::line).collect(Collectors.joining("\n"));
  }

  /** What is wrong with the whole resource carries no field. */
  private static String line(StatusCause cause) {
    var field = cause.getField();
    return field == null || field.isEmpty() || field.equals("<nil>")
        ? cause.getMessage()
        : cause.getField() + ": " + cause.getMessage();
  }

  private static Optional<String> missingFolder(Manifest manifest) {
    var annotations = manifest.body().path("metadata").path("annotations");
    var folder = annotations.path(ManifestFiles.PATH_ANNOTATION).asText();
    return folder.isEmpty() || Files.isDirectory(Path.of(folder))
        ? Optional.empty()
        : Optional.of(
            "annotation %s names the folder %s, which does not exist"
                .formatted(ManifestFiles.PATH_ANNOTATION, folder));
  }
}
