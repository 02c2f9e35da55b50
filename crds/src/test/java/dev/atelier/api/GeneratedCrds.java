package dev.atelier.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The CRDs as the code says them. */
final class GeneratedCrds {

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          DiffusionRuntime.class, GenerationJob.class, HeadshotModel.class, VideoGenerator.class);

  /** Fields of Kubernetes' own types, which carry no descriptions in Java. */
  private static final Map<String, String> FOREIGN_FIELDS =
      Map.ofEntries(
          Map.entry("conditions.type", "Type of the condition; one of each."),
          Map.entry("conditions.status", "True, False or Unknown."),
          Map.entry("conditions.reason", "Why, as one word of a closed list."),
          Map.entry("conditions.message", "Why, and what to do about it."),
          Map.entry("conditions.observedGeneration", "Generation of the spec that it speaks of."),
          Map.entry("conditions.lastTransitionTime", "When the status last changed."),
          Map.entry("resources.requests", "What the container gets at least."),
          Map.entry("resources.limits", "What the container gets at most."),
          Map.entry("resources.claims", "Claims of dynamic resource allocation."),
          Map.entry("claims.name", "Name of a claim of the pod."),
          Map.entry("claims.request", "Name of a request in the claim."),
          Map.entry("tolerations.key", "Key of the taint. Empty: all."),
          Map.entry("tolerations.operator", "Exists or Equal."),
          Map.entry("tolerations.value", "Value of the taint, with Equal."),
          Map.entry("tolerations.effect", "Effect of the taint. Empty: all."),
          Map.entry(
              "tolerations.tolerationSeconds", "How long NoExecute is tolerated. Absent: always."));

  private GeneratedCrds() {}

  /** Writes {@code <plural>.atelier.dev-v1.yml} of every kind. */
  static void write(Path directory) {
    new CRDGenerator()
        .inOutputDir(directory.toFile())
        .withMinQuotes(true)
        .withPostProcessor(new Tidy())
        .forCRDVersions("v1")
        .customResourceClasses(List.copyOf(KINDS))
        .generate();
    for (var kind : KINDS) {
      quoteBooleans(directory.resolve(HasMetadata.getFullResourceName(kind) + "-v1.yml"));
    }
  }

  /** A condition's status is a text; without quotes YAML reads the first two values otherwise. */
  private static void quoteBooleans(Path file) {
    try {
      var text = Files.readString(file);
      Files.writeString(file, text.replaceAll("(?m)^( *- )(True|False)$", "$1\"$2\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the generator cannot be told by annotations. */
  private static final class Tidy implements CRDPostProcessor {

    @Override
    public HasMetadata process(HasMetadata crd, String crdVersion) {
      var definition = (CustomResourceDefinition) crd;
      for (var version : definition.getSpec().getVersions()) {
        orderColumns(definition.getSpec().getNames().getKind(), version);
        var schema = version.getSchema().getOpenAPIV3Schema();
        schema.setDescription("See docs/reference/fields.md.");
        tidy("", schema);
      }
      return crd;
    }

    private static void orderColumns(String kind, CustomResourceDefinitionVersion version) {
      var type =
          KINDS.stream().filter(one -> one.getSimpleName().equals(kind)).findFirst().orElseThrow();
      var names =
          Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
              .map(AdditionalPrinterColumn::name)
              .toList();
      version
          .getAdditionalPrinterColumns()
          .sort(
              Comparator.comparing(
                  (CustomResourceColumnDefinition column) -> names.indexOf(column.getName())));
    }

    private static void tidy(String name, JSONSchemaProps schema) {
      if (schema.getXKubernetesValidations() != null) {
        // The generator reads the annotations of a component from its field and its accessor.
        schema.setXKubernetesValidations(
            schema.getXKubernetesValidations().stream().distinct().toList());
      }
      if (schema.getDefault() != null) {
        // An object's default stays empty: its fields bring their own, and a value that nobody
        // wrote must not outlive a change of the method that it belongs to. The API server checks
        // rules on this empty object, so they ask has() first.
        if ("object".equals(schema.getType())) {
          schema.setDefault(JsonNodeFactory.instance.objectNode());
        } else if (schema.getDefault().isNull()) {
          schema.setDefault(JsonNodeFactory.instance.textNode(""));
        }
      }
      var fields =
          schema.getProperties() == null
              ? Map.<String, JSONSchemaProps>of()
              : schema.getProperties();
      fields.forEach(
          (field, property) -> {
            if (property.getDescription() == null) {
              property.setDescription(FOREIGN_FIELDS.get(name + "." + field));
            }
            bound(property);
            tidy(field, property);
          });
      if (schema.getItems() != null) {
        tidy(name, schema.getItems().getSchema());
      }
      if (schema.getAdditionalProperties() != null
          && schema.getAdditionalProperties().getSchema() != null) {
        tidy(name, schema.getAdditionalProperties().getSchema());
      }
    }

    /** Bounds where Java names none, so that the API server can tell what rules cost. */
    private static void bound(JSONSchemaProps schema) {
      if ("array".equals(schema.getType()) && schema.getMaxItems() == null) {
        schema.setMaxItems(64L);
      }
      if ("string".equals(schema.getType())
          && schema.getMaxLength() == null
          && schema.getFormat() == null
          && schema.getEnum() == null) {
        schema.setMaxLength(4096L);
      }
    }
  }
}
