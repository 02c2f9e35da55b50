package dev.atelier.operator.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.testing.Golden;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.PromptRulesInput.OnFinding;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clips are drawn by the rules of their DiffusionRuntime; footage is no prompt. */
class PlatformRulesOfClipsTest {

  private static final DiffusionRuntime RUNTIME =
      Serialization.unmarshal(
          """
          metadata: {name: wan}
          spec:
            model: {family: Wan, source: {pvc: {claimName: models, path: wan}}}
            storage: {pvc: {claimName: artifacts}}
            safety: {prompts: {blockedTerms: [acme corp], onFinding: Advise}}
          """,
          DiffusionRuntime.class);

  @Test
  void theRulesReachTheEvaluation() {
    var input = (EvaluateVideoInput) input("evaluate-the-base-model-with-a-gate", Stage.EVALUATE);

    assertThat(input.perception().prompts())
        .isEqualTo(new PromptRulesInput("wan", List.of("acme corp"), List.of(), OnFinding.Advise));
  }

  @Test
  void footageThatIsPreparedNeedsNotBePreparedAgainForThem() {
    var input =
        (PrepareVideoInput) input("prepare-clips-in-four-shards-on-the-cpu", Stage.PREPARE_VIDEO);

    assertThat(input.perception().prompts()).isNull();
  }

  private static StageInput input(String golden, Stage stage) {
    var video = Golden.open("video/" + golden).in("videogenerator", VideoGenerator.class);
    var spec = RUNTIME.getSpec();
    var mounts = new Mounts(spec.storage());
    return new VideoStageInputs(video.getSpec(), new RuntimeInputs("wan", spec, mounts), mounts)
        .of(stage, video.getStatus().run());
  }
}
