package dev.atelier.operator.serving;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.StageResults;
import dev.atelier.operator.run.StagedStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The model that pods serve. Its Deployment remembers it: while a new run goes on, or fails, the
 * status no longer does.
 *
 * @param run whose model it is
 * @param manifest of its weights; empty for the base model
 */
record ServedModel(String run, Optional<ArtifactStatus> manifest) {

  private static final String MANIFEST = "atelier.dev/manifest";
  private static final String SHA256 = "atelier.dev/manifest-sha256";

  /**
   * The model that a status says is published.
   *
   * @param tuned whether it has weights of its own
   */
  static Optional<ServedModel> published(boolean tuned, StagedStatus status) {
    var manifest = StageResults.manifest(status.artifacts());
    return Optional.ofNullable(status.run())
        .map(RunStatus::id)
        .filter(run -> ConditionSet.isTrue(status.conditions(), ConditionType.Ready))
        .filter(run -> !tuned || manifest.isPresent())
        .map(run -> new ServedModel(run, manifest.filter(found -> tuned)));
  }

  /** The model that a Deployment was made for. */
  static Optional<ServedModel> of(Deployment deployment) {
    var metadata = deployment.getMetadata();
    var annotations =
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
    var uri = annotations.get(MANIFEST);
    var manifest =
        uri == null
            ? Optional.<ArtifactStatus>empty()
            : Optional.of(
                new ArtifactStatus(
                    StageResults.MANIFEST, uri, "application/json", null, annotations.get(SHA256)));
    return Optional.ofNullable(metadata.getLabels())
        .map(labels -> labels.get(Labels.RUN))
        .map(run -> new ServedModel(run, manifest));
  }

  /** What {@link #of} reads, beside the label of the run. */
  Map<String, String> annotations() {
    var all = new TreeMap<String, String>();
    manifest.ifPresent(
        found -> {
          all.put(MANIFEST, found.uri());
          all.put(SHA256, Objects.requireNonNull(found.sha256()));
        });
    return all;
  }
}
