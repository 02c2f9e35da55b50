package dev.atelier.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.testing.Golden;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What serves the models of VideoGenerators. */
class ServingManifestsGoldenTest {

  private static final Isolation ISOLATION = new Isolation("atelier-system", Set.of("monitoring"));

  static List<String> cases() {
    return Golden.cases("serving");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void childrenAreThoseOnRecord(String name) {
    var golden = Golden.open(name);
    var video = golden.in("videogenerator", VideoGenerator.class);
    var runtime = golden.in("diffusionruntime", DiffusionRuntime.class).getSpec();
    var serving = Objects.requireNonNull(video.getSpec().serving());

    var children =
        new ServingManifests(
                Owner.of(video),
                new ServingInputs(video.getSpec(), serving),
                runtime,
                Objects.requireNonNull(runtime.image()),
                Optional.of(ISOLATION))
            .of(published(video), serving.replicas());

    golden.out("deployment", Serialization.asYaml(children.deployment()));
    golden.out("service", Serialization.asYaml(children.service()));
    golden.out("networkpolicy", Serialization.asYaml(children.policy().orElseThrow()));
    var file = Serialization.clone(children.stageFile());
    golden.out(
        "stage", Objects.requireNonNull(file.getData().put("stage.yaml", "see out-stage.yaml")));
    golden.out("configmap", Serialization.asYaml(file));
    golden.allUsed();
    assertThat(children.service().getMetadata().getName()).hasSizeLessThanOrEqualTo(63);
  }

  private static ServedModel published(VideoGenerator video) {
    return ServedModel.published(
            video.getSpec().training() != null, ServingWorld.staged(video).status())
        .orElseThrow();
  }
}
