package dev.atelier.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** CRDs as documents, whoever wrote them. */
final class Crds {

  /** The CRDs of this code. */
  static final Path COMMITTED = Path.of("src/main/resources/META-INF/fabric8");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Crds() {}

  /** Schemas of the four kinds in a directory, by kind. */
  static Map<String, JsonNode> schemas(Path directory) throws IOException {
    var all = new LinkedHashMap<String, JsonNode>();
    for (var kind : GeneratedCrds.KINDS) {
      var name = HasMetadata.getFullResourceName(kind);
      all.put(
          kind.getSimpleName(),
          YAML.readTree(directory.resolve(name + "-v1.yml").toFile())
              .at("/spec/versions/0/schema/openAPIV3Schema"));
    }
    return all;
  }
}
