package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.api.ApiGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The schemas of our kinds, read from the CRDs on the class path. */
final class CrdSchemas {

  private static final List<String> PLURALS =
      List.of("diffusionruntimes", "generationjobs", "headshotmodels", "videogenerators");

  private final Map<String, JsonNode> byApiVersionAndKind;

  private CrdSchemas(Map<String, JsonNode> byApiVersionAndKind) {
    this.byApiVersionAndKind = byApiVersionAndKind;
  }

  static CrdSchemas fromClassPath() {
    return new CrdSchemas(
        PLURALS.stream()
            .map(CrdSchemas::read)
            .collect(Collectors.toMap(CrdSchemas::key, Function.identity())));
  }

  /** The schema of the object's kind, or empty for a kind that is not ours. */
  Optional<JsonNode> of(JsonNode object) {
    var key = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    return Optional.ofNullable(byApiVersionAndKind.get(key))
        .map(crd -> crd.at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  private static String key(JsonNode crd) {
    return "%s/%s/%s"
        .formatted(
            crd.at("/spec/group").asText(),
            crd.at("/spec/versions/0/name").asText(),
            crd.at("/spec/names/kind").asText());
  }

  private static JsonNode read(String plural) {
    var resource = "/META-INF/fabric8/%s.%s-v1.yml".formatted(plural, ApiGroup.GROUP);
    try (var stream = CrdSchemas.class.getResourceAsStream(resource)) {
      return new YAMLMapper()
          .readTree(Objects.requireNonNull(stream, () -> resource + " is not on the class path"));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
