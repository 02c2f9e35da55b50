package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.testing.Golden;
import dev.atelier.operator.testing.GoldenManifests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The children of GenerationJobs. */
class GenerationManifestsGoldenTest {

  static List<String> cases() {
    return Golden.cases("generation");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theChildrenAreAsWritten(String name) {
    var golden = Golden.open(name);
    var job = golden.in("generationjob", GenerationJob.class);
    var runtime = golden.in("diffusionruntime", DiffusionRuntime.class).getSpec();
    var model =
        golden
            .optional("headshotmodel", HeadshotModel.class)
            .map(DrawingModel::of)
            .or(
                () ->
                    golden.optional("videogenerator", VideoGenerator.class).map(DrawingModel::of));

    GoldenManifests.compare(
        golden,
        GenerationManifests.of(job, model, runtime, job.getStatus().run(), runtime.image()));
  }
}
