package dev.atelier.operator.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.atelier.operator.job.Digest;
import dev.atelier.stage.StageJson;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was applied last, in short: an annotation of the Deployment. Comparing the objects would
 * find the defaults of the API server and of whoever mutates them.
 */
final class ServingDigest {

  private static final String ANNOTATION = "atelier.dev/applied";

  /** The same objects give the same text in every process, whatever the order of their maps. */
  private static final ObjectMapper JSON =
      StageJson.json().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private ServingDigest() {}

  /** The children with their digest. */
  static ServingChildren signed(ServingChildren children) {
    var all =
        Stream.concat(
                Stream.<HasMetadata>of(
                    children.stageFile(), children.deployment(), children.service()),
                children.policy().stream())
            .toList();
    return new ServingChildren(
        children.stageFile(),
        children.policy(),
        new DeploymentBuilder(children.deployment())
            .editMetadata()
            .addToAnnotations(ANNOTATION, Digest.sha256(text(all)))
            .endMetadata()
            .build(),
        children.service());
  }

  /** Whether a Deployment was applied with all that belongs to another one. */
  static boolean same(Deployment one, Deployment other) {
    return of(one).isPresent() && of(one).equals(of(other));
  }

  private static Optional<String> of(Deployment deployment) {
    return Optional.ofNullable(deployment.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ANNOTATION));
  }

  private static String text(List<HasMetadata> all) {
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
