package dev.atelier.operator.shared;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of a spec that only a newer release knows. They are read as absent, so that one such
 * resource does not stop the watch on all others; but absent means a default, and nothing must be
 * started with a default that nobody asked for. So the resource carries, in memory only, an
 * annotation that names them.
 */
public final class UnknownValues {

  private static final String ANNOTATION = "atelier.dev/unknown-values";

  private UnknownValues() {}

  /** What stands in the way of starting anything for the resource, as a message; else empty. */
  public static Optional<String> of(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ANNOTATION))
        .map(
            values ->
                "this release does not know %s; upgrade the operator, or write a value of its reference"
                    .formatted(values));
  }

  /** Notes values of enums that it does not know. */
  public static DeserializationProblemHandler handler() {
    return new Handler();
  }

  /** Marks resources with what {@link #handler} noted. */
  public static SimpleModule module() {
    var module = new SimpleModule("unknown-values");
    module.setDeserializerModifier(new Marking());
    return module;
  }

  private static final class Handler extends DeserializationProblemHandler {

    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String value, String message)
        throws IOException {
      if (!type.isEnum()) {
        return NOT_HANDLED;
      }
      var place = context.getParser().getParsingContext().pathAsPointer().toString().substring(1);
      if (place.startsWith("spec/")) {
        context.setAttribute(ANNOTATION, "%s '%s'".formatted(place.replace('/', '.'), value));
      }
      return null;
    }
  }

  private static final class Marking extends BeanDeserializerModifier {

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
      return CustomResource.class.isAssignableFrom(type.getBeanClass())
          ? new MarkingDeserializer(deserializer)
          : deserializer;
    }
  }

  private static final class MarkingDeserializer extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    MarkingDeserializer(JsonDeserializer<?> delegate) {
      super(delegate);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
      return new MarkingDeserializer(delegate);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var resource = super.deserialize(parser, context);
      if (context.getAttribute(ANNOTATION) instanceof String values
          && resource instanceof HasMetadata marked) {
        var annotations =
            new LinkedHashMap<String, String>(
                Objects.requireNonNullElse(
                    marked.getMetadata().getAnnotations(), new LinkedHashMap<>()));
        annotations.put(ANNOTATION, values);
        marked.getMetadata().setAnnotations(annotations);
        context.setAttribute(ANNOTATION, null);
      }
      return resource;
    }
  }
}
