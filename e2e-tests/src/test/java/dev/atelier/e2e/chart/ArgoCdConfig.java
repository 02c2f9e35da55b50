package dev.atelier.e2e.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The part of Argo CD's ConfigMap that is about Atelier, made from the scripts. One key per kind: a
 * wildcard beside exact keys is found or not by the order of a Go map.
 */
final class ArgoCdConfig {

  private static final String HEAD =
      """
      # What Argo CD has to know about Atelier. Made from health.lua and actions/; apply it to an Argo CD with
      #   kubectl -n argocd patch configmap argocd-cm --patch-file argocd-cm.yaml
      # or put `data` below configs.cm in the values of the argo-cd chart.
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: argocd-cm
        namespace: argocd
        labels: {app.kubernetes.io/name: argocd-cm, app.kubernetes.io/part-of: argocd}
      data:
        resource.ignoreResourceUpdatesEnabled: "true"
      """;

  /** What changes while a stage runs is no reason to look at the whole Application again. */
  private static final String IGNORED_UPDATES =
      """
      jqPathExpressions:
        - .status.progress
        - .status.usage
        - .status.lastCheckpoint
        - .status.evaluation.rounds
        - .status.inUseBy
        - .status.conditions[]?.message
      """;

  private ArgoCdConfig() {}

  static String of(Path folder, List<String> kinds) {
    var text = new StringBuilder(HEAD);
    for (var kind : kinds) {
      entry(text, "health", kind, read(folder.resolve("health.lua")));
      entry(text, "ignoreResourceUpdates", kind, IGNORED_UPDATES);
      if (!kind.equals("DiffusionRuntime")) {
        entry(text, "actions", kind, actions(folder.resolve("actions"), kind));
      }
    }
    return text.toString();
  }

  private static String actions(Path folder, String kind) {
    var names =
        kind.equals("GenerationJob")
            ? List.of("suspend", "resume")
            : List.of("suspend", "resume", "retrain");
    var text = new StringBuilder("discovery.lua: |\n");
    text.append(read(folder.resolve("discovery.lua")).indent(2)).append("definitions:\n");
    for (var name : names) {
      text.append("  - name: ").append(name).append("\n    action.lua: |\n");
      text.append(read(folder.resolve(name + ".lua")).indent(6));
    }
    return text.toString();
  }

  private static void entry(StringBuilder into, String what, String kind, String value) {
    into.append("  resource.customizations.%s.atelier.dev_%s: |\n".formatted(what, kind));
    value.lines().map(line -> line.isBlank() ? "\n" : "    " + line + "\n").forEach(into::append);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
