package dev.atelier.operator.job;

import dev.atelier.stage.StageFile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Objects;

/**
 * The resource that a stage works for.
 *
 * @param labels of the resource
 */
public record Owner(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    Map<String, String> labels) {

  /** The owner that a resource is. */
  public static Owner of(HasMetadata resource) {
    var metadata = resource.getMetadata();
    return new Owner(
        resource.getApiVersion(),
        resource.getKind(),
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        Map.copyOf(Objects.requireNonNullElse(metadata.getLabels(), Map.of())));
  }

  /** Directory of everything of the resource below the store's root. */
  public String folder() {
    return "%s/%s/%s-%s".formatted(namespace, kind, name, shortUid());
  }

  /** Path of the erasure's receipt below the store's root. */
  public String receipt() {
    return "receipts/%s-%s-%s-%s.json".formatted(namespace, kind, name, shortUid());
  }

  /** The first eight characters of the uid. */
  public String shortUid() {
    return uid.substring(0, Math.min(8, uid.length()));
  }

  StageFile.ResourceRef reference() {
    return new StageFile.ResourceRef(kind, namespace, name, uid);
  }

  /** What makes an object go with its owner. */
  public OwnerReference ownerReference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
