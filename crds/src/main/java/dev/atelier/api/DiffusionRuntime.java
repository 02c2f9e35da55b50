package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A base model with everything around it, owned by the platform team. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@Plural("diffusionruntimes")
@ShortNames("drt")
@Categories(ApiGroup.CATEGORY)
@AdditionalPrinterColumn(name = "FAMILY", jsonPath = ".spec.model.family")
@AdditionalPrinterColumn(name = "GPUS", jsonPath = ".spec.gpu.count", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "IN USE", jsonPath = ".status.inUseBy", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "REASON",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(
    value =
        "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    fieldPath = ".metadata.name",
    message =
        "metadata.name must be at most 63 characters of a-z, 0-9 and '-': Jobs and labels carry it")
public class DiffusionRuntime extends CustomResource<RuntimeSpec, RuntimeStatus> {

  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wanted.")
  public RuntimeSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is; written by the operator.")
  public RuntimeStatus getStatus() {
    return super.getStatus();
  }
}
