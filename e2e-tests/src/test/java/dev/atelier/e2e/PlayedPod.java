package dev.atelier.e2e;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Merge patches for the status of a pod, as a kubelet would write them where there is none. */
final class PlayedPod {

  /** Last words of a pod that has prepared all clips. */
  static final TerminationMessage CLIPS =
      new TerminationMessage(
          Result.Succeeded,
          "ClipsAccepted",
          "4 of 4 clips usable",
          null,
          null,
          0,
          new TerminationMessage.Dataset(4, 4, List.of()),
          null,
          null,
          null,
          null,
          List.of(new Artifact("report", "report.html", "text/html", 1, "ab".repeat(32))));

  private PlayedPod() {}

  /** Writes one of the patches. */
  static void tell(KubernetesClient client, Pod pod, String status) {
    client
        .pods()
        .resource(pod)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  /** It computes. */
  static String running() {
    return status(
        "Running", "[]", container("\"running\":{\"startedAt\":\"%s\"}".formatted(now())));
  }

  /** It ended by itself, with last words. */
  static String ended(int exitCode, TerminationMessage words) {
    return over(exitCode, "[]", TextNode.valueOf(StageJson.fit(words)).toString());
  }

  /** Its node was lost, or it was evicted. */
  static String disrupted() {
    return over(
        143,
        "[{\"type\":\"DisruptionTarget\",\"status\":\"True\",\"reason\":\"EvictionByEvictionAPI\"}]",
        "\"\"");
  }

  private static String over(int exitCode, String conditions, String message) {
    var state =
        "\"terminated\":{\"exitCode\":%1$d,\"reason\":\"%2$s\",\"startedAt\":\"%3$s\",\"finishedAt\":\"%3$s\",\"message\":%4$s}"
            .formatted(exitCode, exitCode == 0 ? "Completed" : "Error", now(), message);
    return status(exitCode == 0 ? "Succeeded" : "Failed", conditions, container(state));
  }

  private static String status(String phase, String conditions, String container) {
    return "{\"status\":{\"phase\":\"%s\",\"conditions\":%s,\"containerStatuses\":[%s]}}"
        .formatted(phase, conditions, container);
  }

  private static String container(String state) {
    return "{\"name\":\"runtime\",\"image\":\"runtime\",\"imageID\":\"\",\"ready\":false,\"restartCount\":0,\"state\":{%s}}"
        .formatted(state);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
