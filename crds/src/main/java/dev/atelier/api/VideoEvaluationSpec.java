package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a video model is tried and judged before it is published. */
@ApiValue
@ValidationRule(
    value =
        "!has(self.prompts) || self.prompts.all(one, self.prompts.exists_one(other, other.name == one.name))",
    fieldPath = ".prompts",
    message = "prompt names must be unique; rename one of them")
public record VideoEvaluationSpec(
    @JsonPropertyDescription("Clips to draw. Empty: the model is published untried.")
        @Size(max = 50)
        List<Prompt> prompts,
    @JsonPropertyDescription("How the clips are drawn.") @Default("{}") SamplerSpec sampler,
    @JsonPropertyDescription(
            "Length and pace of the clips. Absent: those of the last training stage, without training 121 frames at 24 per second.")
        @Nullable VideoClip video,
    @JsonPropertyDescription(
            "Metrics to report beside those that every evaluation reports. One that cannot be measured is reported as NotMeasured, with what is missing in the report.")
        @Size(max = 22)
        List<Metric> metrics,
    @JsonPropertyDescription("Bounds that must be kept for the model to become Ready.")
        @Size(max = 20)
        List<GateRule> gate) {

  static final VideoEvaluationSpec DEFAULT =
      new VideoEvaluationSpec(List.of(), SamplerSpec.DEFAULT, null, List.of(), List.of());

  public VideoEvaluationSpec {
    prompts = List.copyOf(requireNonNullElse(prompts, List.of()));
    sampler = requireNonNullElse(sampler, SamplerSpec.DEFAULT);
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
    gate = List.copyOf(requireNonNullElse(gate, List.of()));
  }
}
