package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pods of a runtime carry besides what the operator decides. */
@ApiValue
public record PodSettings(
    @JsonPropertyDescription("Labels that a node must have.") @Size(max = 50)
        Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints that pods tolerate.") @Size(max = 50)
        List<Toleration> tolerations,
    @JsonPropertyDescription("Requests and limits of the container, GPUs excepted.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "ServiceAccount of the pods. Empty: default. Its token is not mounted.")
        @Default("")
        @Size(max = 253)
        String serviceAccountName,
    @JsonPropertyDescription("Secrets for pulling the image.") @Size(max = 20)
        List<SecretRef> imagePullSecrets,
    @JsonPropertyDescription("PriorityClass of the pods.") @Default("") @Size(max = 253)
        String priorityClassName,
    @JsonPropertyDescription("RuntimeClass of the pods, such as nvidia.")
        @Default("")
        @Size(max = 253)
        String runtimeClassName,
    @JsonPropertyDescription(
            "Seconds that a finished stage's Job stays, for its pods' logs, with its stage file and network policy; status and artifacts do not go with it. Default: three days. 0: until its result is in the status.")
        @Default("259200")
        @Min(0)
        @Max(315360000)
        Integer ttlSecondsAfterFinished) {

  private static final int THREE_DAYS = 259_200;

  static final PodSettings NONE =
      new PodSettings(Map.of(), List.of(), null, "", List.of(), "", "", THREE_DAYS);

  public PodSettings {
    nodeSelector = Map.copyOf(requireNonNullElse(nodeSelector, Map.of()));
    tolerations = List.copyOf(requireNonNullElse(tolerations, List.of()));
    serviceAccountName = requireNonNullElse(serviceAccountName, "");
    imagePullSecrets = List.copyOf(requireNonNullElse(imagePullSecrets, List.of()));
    priorityClassName = requireNonNullElse(priorityClassName, "");
    runtimeClassName = requireNonNullElse(runtimeClassName, "");
    ttlSecondsAfterFinished = requireNonNullElse(ttlSecondsAfterFinished, THREE_DAYS);
  }
}
