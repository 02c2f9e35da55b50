package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a DiffusionRuntime can be used. */
@ApiValue
@SchemaCustomizer(ConditionsByType.class)
public record RuntimeStatus(
    @JsonPropertyDescription("Generation of the spec that this status answers.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What holds, by type; see the list of reasons in the reference.")
        List<Condition> conditions,
    @JsonPropertyDescription("Resources that refer to the runtime.") Integer inUseBy) {

  public RuntimeStatus {
    conditions = List.copyOf(requireNonNullElse(conditions, List.of()));
    inUseBy = requireNonNullElse(inUseBy, 0);
  }
}
