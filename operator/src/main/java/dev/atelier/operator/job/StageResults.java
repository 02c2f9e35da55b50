package dev.atelier.operator.job;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.CheckpointStatus;
import dev.atelier.api.DatasetStatus;
import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.MetricValue;
import dev.atelier.api.RuntimeSpec.CostSpec;
import dev.atelier.api.UsageStatus;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.TerminationMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates a stage's last words into the shapes of the status. */
public final class StageResults {

  /** Name of the artifact by which other resources find a published model. */
  public static final String MANIFEST = "manifest";

  private static final int REJECTED_SHOWN = 50;
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  private StageResults() {}

  /** What became of the photos. */
  public static DatasetStatus dataset(TerminationMessage.Dataset judged) {
    return new DatasetStatus(
        judged.photos(),
        judged.usable(),
        judged.rejected().stream()
            .limit(REJECTED_SHOWN)
            .map(one -> new DatasetStatus.Rejected(one.name(), one.reason()))
            .toList());
  }

  /** What was measured. */
  public static EvaluationStatus evaluation(TerminationMessage.Evaluation measured) {
    return new EvaluationStatus(
        measured.selectedStep(),
        metrics(measured.metrics()),
        Arrays.stream(EvaluationStatus.Gate.values())
            .filter(gate -> gate.name().equals(measured.gate()))
            .findFirst()
            .orElse(EvaluationStatus.Gate.None),
        List.of());
  }

  /** Numbers under their names. */
  public static List<MetricValue> metrics(List<NamedValue> values) {
    return values.stream().map(one -> new MetricValue(one.name(), one.value())).toList();
  }

  /** The newest durable training state. */
  public static CheckpointStatus checkpoint(CheckpointRef reference, StoreRoot root) {
    return new CheckpointStatus(reference.step(), root.uri(reference.path()), reference.sha256());
  }

  /** The known artifacts with a stage's own; one of the same name is replaced. */
  public static List<ArtifactStatus> artifacts(
      List<ArtifactStatus> known, TerminationMessage words, StoreRoot root) {
    var all = new ArrayList<>(known);
    words.artifacts().stream().map(root::status).forEach(one -> replace(all, one));
    return List.copyOf(all);
  }

  /** The same with the manifest, by which other resources find a published model. */
  public static List<ArtifactStatus> published(
      List<ArtifactStatus> known, TerminationMessage words, StoreRoot root) {
    var all = new ArrayList<>(artifacts(known, words, root));
    if (words.manifest() != null) {
      replace(
          all,
          new ArtifactStatus(
              MANIFEST,
              root.uri(words.manifest()),
              "application/json",
              null,
              words.manifestSha256()));
    }
    return List.copyOf(all);
  }

  /** The manifest among artifacts, by which published weights are found. */
  public static Optional<ArtifactStatus> manifest(List<ArtifactStatus> artifacts) {
    return artifacts.stream()
        .filter(one -> one.name().equals(MANIFEST))
        .filter(one -> one.sha256() != null)
        .findFirst();
  }

  /** What was used in all, at the runtime's price. */
  public static UsageStatus usage(
      @Nullable UsageStatus known, long gpuSeconds, @Nullable CostSpec cost) {
    long total = (known == null ? 0 : known.gpuSeconds()) + gpuSeconds;
    return new UsageStatus(total, cost == null ? null : price(total, cost));
  }

  private static UsageStatus.Money price(long gpuSeconds, CostSpec cost) {
    var amount =
        new BigDecimal(cost.perGpuHour())
            .multiply(BigDecimal.valueOf(gpuSeconds))
            .divide(SECONDS_PER_HOUR, 2, RoundingMode.HALF_UP);
    return new UsageStatus.Money(amount.toPlainString(), cost.currency());
  }

  private static void replace(List<ArtifactStatus> all, ArtifactStatus next) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(next.name())) {
        all.set(i, next);
        return;
      }
    }
    all.add(next);
  }
}
