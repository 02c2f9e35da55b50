package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A measured number under its name. */
@ApiValue
public record MetricValue(
    @JsonPropertyDescription("Name of the metric.") @Required String name,
    @JsonPropertyDescription("Value as a decimal, or NotMeasured.") @Required String value) {}
