package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.TerminationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Publishes a judged model: its files, its pictures, gallery, contact sheet and report, and the
 * photos that later pictures are compared with. This manifest is what a GenerationJob opens.
 */
final class EvaluatePublication {

  private final StageContext context;
  private final EvaluateInput input;
  private final StageFolder.Published trained;
  private final StageFolder.Published intake;

  EvaluatePublication(
      StageContext context,
      EvaluateInput input,
      StageFolder.Published trained,
      StageFolder.Published intake) {
    this.context = context;
    this.input = input;
    this.trained = trained;
    this.intake = intake;
  }

  TerminationMessage publish(Findings findings) {
    var gallery = findings.gallery(context, "Portrait model");
    var artifacts = new ArrayList<>(Pages.store(context.folder(), gallery, ""));
    boolean passed = findings.measured().findings().isEmpty();
    if (!passed) {
      throw new StageFailure.GateFailed(words(findings, artifacts, gallery.report()));
    }
    trained.manifest().filesBelow(TunedFiles.FOLDER).forEach(context.folder()::adopt);
    artifacts.addAll(0, trained.manifest().words().artifacts());
    if (!input.deletePhotos()) {
      photos().forEach(context.folder()::adopt);
      intake
          .manifest()
          .file("intake.png")
          .ifPresent(sheet -> artifacts.add(Artifacts.of("intake-sheet", sheet)));
    }
    return context
        .folder()
        .publish(findings.provenance().entries(), words(findings, artifacts, gallery.report()));
  }

  private List<Manifest.StoredFile> photos() {
    var photos = new ArrayList<>(intake.manifest().filesBelow(TrainingPhotos.CROPS));
    intake.manifest().file(TrainingPhotos.VERDICTS).ifPresent(photos::add);
    return photos;
  }

  private TerminationMessage words(
      Findings findings, List<TerminationMessage.Artifact> artifacts, Report report) {
    var measured = findings.measured();
    boolean passed = measured.findings().isEmpty();
    return new LastWords(
            passed ? TerminationMessage.Result.Succeeded : TerminationMessage.Result.Failed,
            passed ? "Published" : "GateFailed",
            passed ? passed(report) : failed(measured))
        .evaluation(
            new TerminationMessage.Evaluation(
                selectedStep(), measured.values(), measured.decision().title()))
        .samples(report.samples())
        .artifacts(artifacts)
        .say();
  }

  private static String passed(Report report) {
    var numbers =
        report.metrics().stream()
            .filter(metric -> metric.name().equals("IdentitySimilarity"))
            .map(EvaluatePublication::compared)
            .collect(Collectors.joining());
    return "%s%d of %d pictures drawn"
        .formatted(numbers, report.samples().produced(), report.samples().requested());
  }

  private static String compared(Report.Metric metric) {
    if (metric.value() == null || metric.baseline() == null) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "identity similarity %.2f, base model %.2f; ",
        metric.value(),
        metric.baseline());
  }

  private static String failed(Measured measured) {
    return "the model is not published: %s. Look at the gallery; then add photos or train longer and raise spec.runNonce, or lower evaluation.gate, by which it is judged again without training"
        .formatted(String.join("; ", measured.findings()));
  }

  /** The step whose weights were published. */
  private int selectedStep() {
    var evaluation = trained.manifest().words().evaluation();
    return evaluation == null ? input.training().maxSteps() : evaluation.selectedStep();
  }
}
