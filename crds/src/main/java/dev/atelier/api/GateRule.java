package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A bound that a metric must keep. A metric that cannot be measured fails its rule. A rule without
 * a number takes the bound that fits the models that judge.
 */
@ApiValue
@ValidationRule(
    value =
        "has(self.min) || has(self.max) || self.metric in ['IdentitySimilarity', 'FaceDetectionRate', 'Memorisation', 'Diversity', 'ClipText']",
    message =
        "a gate needs a bound: set min, max or both; only IdentitySimilarity, FaceDetectionRate, Memorisation, Diversity and ClipText have a default")
public record GateRule(
    @JsonPropertyDescription(
            "The metric that is bounded. Without min and max, with the models that ship: IdentitySimilarity at least 0.5, FaceDetectionRate at least 0.9, Memorisation at most 0.9, Diversity at least 0.1; ClipText at least the runtime's perception.clip.promptMinSimilarity.")
        @Required
        Metric metric,
    @JsonPropertyDescription("Smallest value that passes.")
        @Size(max = 24)
        @Pattern(Patterns.SIGNED_DECIMAL)
        @Nullable String min,
    @JsonPropertyDescription("Largest value that passes.")
        @Size(max = 24)
        @Pattern(Patterns.SIGNED_DECIMAL)
        @Nullable String max) {}
