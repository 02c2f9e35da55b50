package dev.atelier.runtime.model;

import dev.atelier.runtime.model.config.ModelConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** The configurations of published models, written from their documentation. */
public final class PublishedConfigs {
  private PublishedConfigs() {}

  public static ModelConfig read(String name) {
    var resource = PublishedConfigs.class.getResource("/configs/" + name + ".json");
    return ModelConfig.read(Path.of(URI.create(Objects.requireNonNull(resource).toString())));
  }
}
