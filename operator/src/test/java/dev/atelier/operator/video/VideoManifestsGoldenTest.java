package dev.atelier.operator.video;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.run.RunManifests;
import dev.atelier.operator.testing.Golden;
import dev.atelier.operator.testing.GoldenManifests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The children of VideoGenerators. */
class VideoManifestsGoldenTest {

  static List<String> cases() {
    return Golden.cases("video");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void childrenAreThoseOnRecord(String name) {
    var golden = Golden.open(name);
    var video = golden.in("videogenerator", VideoGenerator.class);
    var runtime = golden.in("diffusionruntime", DiffusionRuntime.class).getSpec();
    var run = video.getStatus().run();

    GoldenManifests.compare(
        golden, RunManifests.of(new VideoKind(), video, runtime, run, 0, runtime.image()));
  }
}
