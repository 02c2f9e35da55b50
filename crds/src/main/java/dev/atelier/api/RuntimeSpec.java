package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A base model with everything around it, owned by the platform team. */
@ApiValue
public record RuntimeSpec(
    @JsonPropertyDescription(
            "Runtime image. Default: the image that the operator was released with.")
        @Size(max = 512)
        @Nullable String image,
    @JsonPropertyDescription("The base model.") @Required BaseModel model,
    @JsonPropertyDescription("Where artifacts go.") @Required StorageSpec storage,
    @JsonPropertyDescription("GPUs of a pod.") @Default("{}") GpuSpec gpu,
    @JsonPropertyDescription(
            "Number format that the denoiser computes in; weights that are trained, text encoders and autoencoder stay in Float32, and so does attention where the model's config.json says upcast_attention (Stable Diffusion 2.1). Default: BFloat16, without a GPU Float32.")
        Precision precision,
    @JsonPropertyDescription("What pods carry besides.") @Default("{}") PodSettings pod,
    @JsonPropertyDescription("The models that judge photos and pictures.") @Default("{}")
        PerceptionSpec perception,
    @JsonPropertyDescription("What the platform refuses and allows beside what ships.")
        @Default("{}")
        SafetySpec safety,
    @JsonPropertyDescription(
            "Network that enlarges pictures and clips for upscale.factor: RRDBNet in Real-ESRGAN's layout.")
        PerceptionSpec.@Nullable LargeModel upscaler,
    @JsonPropertyDescription("What a GPU costs. Absent: usage is reported without cost.")
        @Nullable CostSpec cost,
    @JsonPropertyDescription("Namespaces that may use the runtime. Empty: all.") @Size(max = 200)
        List<@Size(min = 1, max = 63) String> allowedNamespaces) {

  public RuntimeSpec {
    gpu = requireNonNullElse(gpu, GpuSpec.DEFAULT);
    precision =
        requireNonNullElse(precision, gpu.count() == 0 ? Precision.Float32 : Precision.BFloat16);
    pod = requireNonNullElse(pod, PodSettings.NONE);
    perception = requireNonNullElse(perception, PerceptionSpec.DEFAULT);
    safety = requireNonNullElse(safety, SafetySpec.DEFAULT);
    allowedNamespaces = List.copyOf(requireNonNullElse(allowedNamespaces, List.of()));
  }

  /** Whether resources of the namespace may use the runtime. */
  public boolean allows(String namespace) {
    return allowedNamespaces.isEmpty() || allowedNamespaces.contains(namespace);
  }

  /** A folder in the diffusers layout. */
  @ApiValue
  public record BaseModel(
      @JsonPropertyDescription("Architecture of the model.") @Required Family family,
      @JsonPropertyDescription("Where the model's folder lies.") @Required ModelSource source,
      @JsonPropertyDescription(
              "Digest over the model's files; a mismatch fails the job. Empty: not checked.")
          @Default("")
          @Size(max = 64)
          @Pattern("^([a-f0-9]{64})?$")
          String sha256,
      @JsonPropertyDescription("Licence of the model, copied into every artifact's provenance.")
          @Default("")
          @Size(max = 128)
          String license) {

    public BaseModel {
      sha256 = requireNonNullElse(sha256, "");
      license = requireNonNullElse(license, "");
    }

    /** Architectures. */
    public enum Family {
      StableDiffusion,
      StableDiffusionXL,
      Wan
    }
  }

  /** GPUs of a pod. */
  @ApiValue
  public record GpuSpec(
      @JsonPropertyDescription("Extended resource to ask for.")
          @Default("nvidia.com/gpu")
          @Size(min = 1, max = 253)
          String resourceName,
      @JsonPropertyDescription("GPUs of a pod. 0: the CPU computes.") @Default("1") @Min(0) @Max(64)
          Integer count) {

    static final GpuSpec DEFAULT = new GpuSpec("nvidia.com/gpu", 1);

    public GpuSpec {
      resourceName = requireNonNullElse(resourceName, "nvidia.com/gpu");
      count = requireNonNullElse(count, 1);
    }
  }

  /** Number formats. */
  public enum Precision {
    Float32,
    BFloat16,
    Float16
  }

  /** What an hour of one GPU costs. */
  @ApiValue
  public record CostSpec(
      @JsonPropertyDescription("Price of one GPU for an hour.")
          @Required
          @Size(max = 24)
          @Pattern(Patterns.DECIMAL)
          String perGpuHour,
      @JsonPropertyDescription("ISO 4217 code of the currency.")
          @Default("USD")
          @Size(max = 3)
          @Pattern(Patterns.CURRENCY)
          String currency) {

    public CostSpec {
      currency = requireNonNullElse(currency, "USD");
    }
  }
}
