package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A personal portrait model of one person. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@Plural("headshotmodels")
@ShortNames("hsm")
@Categories(ApiGroup.CATEGORY)
@AdditionalPrinterColumn(name = "METHOD", jsonPath = ".spec.training.method")
@AdditionalPrinterColumn(name = "STAGE", jsonPath = ".status.run.stage")
@AdditionalPrinterColumn(
    name = "PROGRESS",
    jsonPath = ".status.progress.percent",
    type = Type.INTEGER)
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
public class HeadshotModel extends CustomResource<HeadshotSpec, HeadshotStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wanted.")
  public HeadshotSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is; written by the operator.")
  public HeadshotStatus getStatus() {
    return super.getStatus();
  }
}
