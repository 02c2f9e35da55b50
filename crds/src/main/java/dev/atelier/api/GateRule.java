package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A bound that a metric must keep. A metric that cannot be measured fails its rule. */
@ApiValue
@ValidationRule(
    value = "has(self.min) || has(self.max)",
    message = "a gate needs a bound: set min, max or both")
public record GateRule(
    @JsonPropertyDescription("The metric that is bounded.") @Required Metric metric,
    @JsonPropertyDescription("Smallest value that passes.")
        @Size(max = 24)
        @Pattern(Patterns.SIGNED_DECIMAL)
        @Nullable String min,
    @JsonPropertyDescription("Largest value that passes.")
        @Size(max = 24)
        @Pattern(Patterns.SIGNED_DECIMAL)
        @Nullable String max) {}
