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
        List<Target> targets,
    @JsonPropertyDescription(
            "The forms in which the adapters are published: Diffusers one file for load_lora_weights, Peft a folder per network, Kohya one file for ComfyUI and others. A VideoGenerator has Diffusers alone.")
        @Default("[\"Diffusers\"]")
        @Size(min = 1, max = 3)
        List<ExportFormat> exportFormats) {

  /** The adapters of a resource that names none. */
  public static final LoraSpec DEFAULT =
      new LoraSpec(16, 16, List.of(Target.values()), List.of(ExportFormat.Diffusers));

  public LoraSpec {
    rank = requireNonNullElse(rank, 16);
    alpha = requireNonNullElse(alpha, 16);
    targets = List.copyOf(requireNonNullElse(targets, List.of(Target.values())));
    exportFormats = List.copyOf(requireNonNullElse(exportFormats, List.of(ExportFormat.Diffusers)));
  }

  /** Forms of adapter files. */
  public enum ExportFormat {
    /** One file with rank and alpha in its header. */
    Diffusers,
    /** A folder for each network, with {@code adapter_config.json}. */
    Peft,
    /** One file with an alpha beside each adapter, as sd-scripts writes it. */
    Kohya
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
