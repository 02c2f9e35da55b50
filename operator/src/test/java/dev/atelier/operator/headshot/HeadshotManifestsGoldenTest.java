package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.job.EraseManifests;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.run.RunManifests;
import dev.atelier.operator.run.RunUsage;
import dev.atelier.operator.testing.Golden;
import dev.atelier.operator.testing.GoldenManifests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The children of HeadshotModels; a case whose run is at stage Erase is a deletion. */
class HeadshotManifestsGoldenTest {

  static List<String> cases() {
    return Golden.cases("headshot");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theChildrenAreAsWritten(String name) {
    var golden = Golden.open(name);
    var model = golden.in("headshotmodel", HeadshotModel.class);
    var runtime = golden.in("diffusionruntime", DiffusionRuntime.class).getSpec();
    var run = model.getStatus().run();
    var children =
        run.stage().equals("Erase")
            ? EraseManifests.of(
                Erasure.onDeletion(Owner.of(model)), runtime, runtime.image(), "Deleted", false)
            : RunManifests.of(
                new HeadshotKind(),
                model,
                runtime,
                run,
                RunUsage.gpuSeconds(new HeadshotKind().of(model).status(), run),
                runtime.image());

    GoldenManifests.compare(golden, children);
  }
}
