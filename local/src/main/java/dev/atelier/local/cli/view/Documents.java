package dev.atelier.local.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.local.workstation.Resource;
import java.io.UncheckedIOException;
import java.util.List;

/** Resources as documents for machines; managed fields are left out, as kubectl does. */
public final class Documents {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private Documents() {}

  /** One document after the other. */
  public static String yaml(List<Resource> resources) {
    var text = new StringBuilder();
    resources.forEach(resource -> text.append(write(YAML, clean(resource))));
    return text.toString();
  }

  /** The resource itself, or a {@code List} unless there is exactly one. */
  public static String json(List<Resource> resources) {
    var pretty = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);
    if (resources.size() == 1) {
      return write(pretty, clean(resources.get(0))) + "\n";
    }
    var list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    var items = list.putArray("items");
    resources.forEach(resource -> items.add(clean(resource)));
    return write(pretty, list) + "\n";
  }

  private static ObjectNode clean(Resource resource) {
    var copy = (ObjectNode) resource.body().deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    return copy;
  }

  private static String write(ObjectMapper mapper, ObjectNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
