package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What the run used over all stages and attempts. */
@ApiValue
public record UsageStatus(
    @JsonPropertyDescription("Seconds times GPUs.") Long gpuSeconds,
    @JsonPropertyDescription("gpuSeconds at the runtime's price.") @Nullable Money cost) {

  public UsageStatus {
    gpuSeconds = requireNonNullElse(gpuSeconds, 0L);
  }

  /** An amount of money. */
  @ApiValue
  public record Money(
      @JsonPropertyDescription("Amount as a decimal.") @Required String amount,
      @JsonPropertyDescription("ISO 4217 code.") @Required String currency) {}
}
