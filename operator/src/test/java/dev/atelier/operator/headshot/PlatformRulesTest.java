package dev.atelier.operator.headshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.testing.Golden;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.PromptRulesInput.OnFinding;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.TrainInput;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every stage of a HeadshotModel draws by the rules of its DiffusionRuntime. */
class PlatformRulesTest {

  private static final String RUNTIME =
      """
      metadata: {name: sd15}
      spec:
        model: {family: StableDiffusion, source: {image: {path: /models/sd15}}}
        storage: {pvc: {claimName: artifacts}}
      """;

  private static final String RULES =
      """
        safety: {prompts: {blockedTerms: [acme corp], allowedPhrases: [nude wall]}}
      """;

  @ParameterizedTest
  @EnumSource(names = {"INTAKE", "TRAIN", "EVALUATE"})
  void theRulesReachTheStage(Stage stage) {
    assertThat(perception(stage, RUNTIME + RULES).prompts())
        .isEqualTo(
            new PromptRulesInput(
                "sd15", List.of("acme corp"), List.of("nude wall"), OnFinding.Refuse));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTAKE", "TRAIN", "EVALUATE"})
  void aPlatformWithoutRulesLeavesTheStageAsItWas(Stage stage) {
    assertThat(perception(stage, RUNTIME).prompts()).isNull();
    assertThat(perception(stage, RUNTIME + "  safety: {prompts: {onFinding: Refuse}}\n"))
        .isEqualTo(perception(stage, RUNTIME));
  }

  private static PerceptionInput perception(Stage stage, String yaml) {
    var input = input(stage, Serialization.unmarshal(yaml, DiffusionRuntime.class));
    return switch (stage) {
      case INTAKE -> ((IntakeInput) input).perception();
      case TRAIN -> ((TrainInput) input).perception();
      default -> ((EvaluateInput) input).perception();
    };
  }

  private static StageInput input(Stage stage, DiffusionRuntime runtime) {
    var model =
        Golden.open("headshot/evaluate-with-a-gate").in("headshotmodel", HeadshotModel.class);
    var mounts = new Mounts(runtime.getSpec().storage());
    var inputs = new RuntimeInputs(runtime.getMetadata().getName(), runtime.getSpec(), mounts);
    return new HeadshotStageInputs(model.getSpec().withDefaults(), inputs, mounts)
        .of(stage, model.getStatus().run());
  }
}
