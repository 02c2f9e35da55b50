package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Shape of low-rank adapters (Hu et al. 2021). */
@ApiValue
public record LoraSpec(
    @JsonPropertyDescription("Rank of the adapters.") @Default("16") @Min(1) @Max(256) Integer rank,
    @JsonPropertyDescription("Adapters are scaled by alpha / rank.")
        @Default("16")
        @Min(1)
        @Max(1024)
        Integer alpha,
    @JsonPropertyDescription("The layers that get adapters.")
        @Default("[\"Attention\", \"FeedForward\", \"Convolution\"]")
        @Size(min = 1, max = 3)
        List<Target> targets) {

  /** The adapters of a resource that names none. */
  public static final LoraSpec DEFAULT = new LoraSpec(16, 16, List.of(Target.values()));

  public LoraSpec {
    rank = requireNonNullElse(rank, 16);
    alpha = requireNonNullElse(alpha, 16);
    targets = List.copyOf(requireNonNullElse(targets, List.of(Target.values())));
  }

  /** Kinds of layers. */
  public enum Target {
    /** Query, key, value and output projections. */
    Attention,
    /** Both projections of the transformer's feed-forward. */
    FeedForward,
    /** Convolutions of the residual blocks. */
    Convolution
  }
}
