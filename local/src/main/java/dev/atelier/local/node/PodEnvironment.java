package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment that a container's spec describes. */
final class PodEnvironment {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_.-][\\w.-]*)\\)");

  private final Pod pod;
  private final String ip;
  private final ConfigData data;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private PodEnvironment(Pod pod, String ip, ConfigData data) {
    this.pod = pod;
    this.ip = ip;
    this.data = data;
  }

  /**
   * Resolves {@code envFrom} and {@code env}.
   *
   * @throws PodNotReady if a ConfigMap, a Secret or a key is missing
   */
  static Map<String, String> of(Pod pod, Container container, String ip, ConfigData data) {
    var environment = new PodEnvironment(pod, ip, data);
    container.getEnvFrom().forEach(environment::addAll);
    container.getEnv().forEach(environment::add);
    return environment.variables;
  }

  /** Replaces {@code $(NAME)} where the name is known. */
  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(variables.getOrDefault(m.group(1), m.group())));
  }

  private void addAll(EnvFromSource source) {
    String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
    if (source.getConfigMapRef() != null) {
      var ref = source.getConfigMapRef();
      addAll(
          prefix,
          entries(data.configMap(ref.getName()), "configmap", ref.getName(), ref.getOptional()));
    }
    if (source.getSecretRef() != null) {
      var ref = source.getSecretRef();
      addAll(
          prefix, entries(data.secret(ref.getName()), "secret", ref.getName(), ref.getOptional()));
    }
  }

  private void addAll(String prefix, Map<String, byte[]> entries) {
    entries.forEach((key, value) -> variables.put(prefix + key, text(value)));
  }

  private void add(EnvVar variable) {
    EnvVarSource from = variable.getValueFrom();
    if (from == null) {
      String value = Objects.requireNonNullElse(variable.getValue(), "");
      variables.put(variable.getName(), expand(value, variables));
      return;
    }
    value(from).ifPresent(value -> variables.put(variable.getName(), value));
  }

  private Optional<String> value(EnvVarSource from) {
    if (from.getFieldRef() != null) {
      return Optional.of(field(from.getFieldRef().getFieldPath()));
    }
    if (from.getConfigMapKeyRef() != null) {
      var ref = from.getConfigMapKeyRef();
      var entries =
          entries(data.configMap(ref.getName()), "configmap", ref.getName(), ref.getOptional());
      return key(entries, ref.getKey(), "ConfigMap", ref.getName(), ref.getOptional());
    }
    if (from.getSecretKeyRef() != null) {
      var ref = from.getSecretKeyRef();
      var entries = entries(data.secret(ref.getName()), "secret", ref.getName(), ref.getOptional());
      return key(entries, ref.getKey(), "Secret", ref.getName(), ref.getOptional());
    }
    throw PodNotReady.unsupported(
        "a variable takes its value from %s, which a workstation does not offer".formatted(from));
  }

  private static Map<String, byte[]> entries(
      Optional<Map<String, byte[]>> found, String kind, String name, Boolean optional) {
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw PodNotReady.configuration("%s \"%s\" not found".formatted(kind, name));
    }
    return found.orElseGet(Map::of);
  }

  private Optional<String> key(
      Map<String, byte[]> entries, String key, String kind, String name, Boolean optional) {
    byte[] value = entries.get(key);
    if (value == null && !Boolean.TRUE.equals(optional)) {
      throw PodNotReady.configuration(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, kind, pod.getMetadata().getNamespace(), name));
    }
    return Optional.ofNullable(value).map(PodEnvironment::text);
  }

  private String field(String path) {
    var metadata = pod.getMetadata();
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "spec.nodeName" -> PodFacts.node(pod);
      case "spec.serviceAccountName" ->
          Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default");
      case "status.podIP", "status.podIPs" -> ip;
      case "status.hostIP", "status.hostIPs" -> "127.0.0.1";
      default -> keyed(path);
    };
  }

  /** {@code metadata.labels['key']} and {@code metadata.annotations['key']}. */
  private String keyed(String path) {
    int from = path.indexOf("['");
    if (from < 0 || !path.endsWith("']")) {
      throw PodNotReady.configuration("field path \"%s\" is not known".formatted(path));
    }
    Map<String, String> map =
        path.startsWith("metadata.labels")
            ? pod.getMetadata().getLabels()
            : pod.getMetadata().getAnnotations();
    String key = path.substring(from + 2, path.length() - 2);
    return Optional.ofNullable(map).map(m -> m.get(key)).orElse("");
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
