package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The defaults of the built-in kinds that controllers, the node and clients rely on. */
final class BuiltInDefaults {
  private BuiltInDefaults() {}

  static void apply(ResourceType type, ObjectNode object) {
    switch (type.qualifiedPlural()) {
      case "pods" -> podSpec(object.withObjectProperty("spec"));
      case "jobs.batch" -> job(object);
      case "secrets" -> secret(object);
      case "persistentvolumeclaims" -> claim(object);
      default -> {}
    }
  }

  /** The initial status, written with the create although clients cannot set it. */
  static void initialStatus(ResourceType type, ObjectNode object) {
    switch (type.qualifiedPlural()) {
      case "pods", "persistentvolumeclaims" ->
          object.withObjectProperty("status").put("phase", "Pending");
      case "jobs.batch" -> object.withObjectProperty("status");
      case "namespaces" -> object.withObjectProperty("status").put("phase", "Active");
      default -> {}
    }
  }

  private static void job(ObjectNode job) {
    ObjectNode spec = job.withObjectProperty("spec");
    set(spec, "parallelism", 1);
    if (!spec.has("completions") && spec.path("parallelism").asInt() == 1) {
      spec.put("completions", 1);
    }
    set(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
    set(spec, "completionMode", "NonIndexed");
    set(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    String uid = Metadata.of(job).uid();
    String name = Metadata.of(job).name();
    ObjectNode labels =
        spec.withObjectProperty("template")
            .withObjectProperty("metadata")
            .withObjectProperty("labels");
    labels.put("batch.kubernetes.io/controller-uid", uid).put("controller-uid", uid);
    labels.put("batch.kubernetes.io/job-name", name).put("job-name", name);
    spec.withObjectProperty("selector")
        .withObjectProperty("matchLabels")
        .put("batch.kubernetes.io/controller-uid", uid);
    podSpec(spec.withObjectProperty("template").withObjectProperty("spec"));
  }

  private static void podSpec(ObjectNode spec) {
    set(spec, "restartPolicy", "Always");
    set(spec, "terminationGracePeriodSeconds", 30);
    set(spec, "dnsPolicy", "ClusterFirst");
    set(spec, "schedulerName", "default-scheduler");
    spec.withObjectProperty("securityContext");
    for (JsonNode container : spec.path("containers")) {
      if (container instanceof ObjectNode c) {
        set(c, "terminationMessagePath", "/dev/termination-log");
        set(c, "terminationMessagePolicy", "File");
        set(c, "imagePullPolicy", "IfNotPresent");
        c.withObjectProperty("resources");
      }
    }
  }

  private static void secret(ObjectNode secret) {
    set(secret, "type", "Opaque");
    JsonNode plain = secret.path("stringData");
    for (Map.Entry<String, JsonNode> entry : plain.properties()) {
      byte[] bytes = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
      secret
          .withObjectProperty("data")
          .put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    secret.remove("stringData");
  }

  private static void claim(ObjectNode claim) {
    set(claim.withObjectProperty("spec"), "volumeMode", "Filesystem");
  }

  private static void set(ObjectNode node, String field, String value) {
    if (!node.has(field)) {
      node.put(field, value);
    }
  }

  private static void set(ObjectNode node, String field, int value) {
    if (!node.has(field)) {
      node.put(field, value);
    }
  }
}
