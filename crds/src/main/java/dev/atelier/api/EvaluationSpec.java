package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How a tuned model is tried and judged before it is published. */
@ApiValue
@ValidationRule(
    value =
        "!has(self.promptPack) || self.promptPack in ['', 'linkedin', 'studio', 'outdoor', 'creative']",
    fieldPath = ".promptPack",
    message =
        "promptPack must be linkedin, studio, outdoor or creative; or list your own under prompts")
@ValidationRule(
    value =
        "!(has(self.promptPack) && self.promptPack != '' && has(self.prompts) && size(self.prompts) > 0)",
    message = "set promptPack or prompts, not both")
@ValidationRule(
    value =
        "!has(self.prompts) || self.prompts.all(one, self.prompts.exists_one(other, other.name == one.name))",
    fieldPath = ".prompts",
    message = "prompt names must be unique; rename one of them")
public record EvaluationSpec(
    @JsonPropertyDescription(
            "Built-in prompts: linkedin, studio, outdoor or creative. Default: linkedin, unless prompts are given.")
        @Size(max = 40)
        String promptPack,
    @JsonPropertyDescription("Your own prompts instead of a pack.") @Size(max = 50)
        List<Prompt> prompts,
    @JsonPropertyDescription("Pictures drawn for each prompt.") @Default("4") @Min(1) @Max(64)
        Integer imagesPerPrompt,
    @JsonPropertyDescription("How the pictures are drawn.") @Default("{}") SamplerSpec sampler,
    @JsonPropertyDescription(
            "Metrics to report beside those that every evaluation reports. One that cannot be measured is reported as NotMeasured, with what is missing in the report.")
        @Size(max = 22)
        List<Metric> metrics,
    @JsonPropertyDescription("Bounds that must be kept for the model to become Ready.")
        @Size(max = 20)
        List<GateRule> gate) {

  /** The evaluation of a resource that names none. */
  public static final EvaluationSpec DEFAULT =
      new EvaluationSpec("linkedin", List.of(), 4, SamplerSpec.DEFAULT, List.of(), List.of());

  /** Completed: exactly one of {@code promptPack} and {@code prompts} is not empty. */
  public EvaluationSpec {
    prompts = List.copyOf(requireNonNullElse(prompts, List.of()));
    promptPack = requireNonNullElse(promptPack, "");
    promptPack = promptPack.isEmpty() && prompts.isEmpty() ? "linkedin" : promptPack;
    imagesPerPrompt = requireNonNullElse(imagesPerPrompt, 4);
    sampler = requireNonNullElse(sampler, SamplerSpec.DEFAULT);
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
    gate = List.copyOf(requireNonNullElse(gate, List.of()));
  }
}
