package dev.atelier.e2e.operator;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.workstation.StrictAdmission;
import dev.atelier.operator.metrics.ApiCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rights that the operator needs are the requests that it was seen to make, and no others. */
class ObservedRulesTest {

  private static final Path RULES =
      Path.of("../operator/src/test/resources/rbac/observed-rules.yaml");
  private static final String HEADER =
      """
      # The requests of the operator over its whole life; the chart grants exactly these.
      # Kept by ObservedRulesTest; regenerate with:
      #   mvn -pl e2e-tests -am test -Dtest=ObservedRulesTest -Dsurefire.failIfNoSpecifiedTests=false -Datelier.regenerate=true
      """;

  /**
   * What no story shows: the SDK reads a resource again after a conflict, and looks for the right
   * to update leases before it patches one; a Job is read that is there before its watch tells, see
   * {@link ChildrenTest}; clusters that enforce permissions on owner references (OpenShift) ask for
   * the right to set the owner's finalizers.
   */
  private static final Set<ApiCall> UNSEEN =
      Set.of(
          new ApiCall("get", "atelier.dev", "generationjobs"),
          new ApiCall("get", "atelier.dev", "headshotmodels"),
          new ApiCall("get", "atelier.dev", "videogenerators"),
          new ApiCall("update", "atelier.dev", "generationjobs/finalizers"),
          new ApiCall("update", "atelier.dev", "headshotmodels/finalizers"),
          new ApiCall("update", "atelier.dev", "videogenerators/finalizers"),
          new ApiCall("update", "coordination.k8s.io", "leases"),
          new ApiCall("get", "batch", "jobs"),
          new ApiCall("get", "jobset.x-k8s.io", "jobsets"));

  @Test
  void theRulesAreWhatTheOperatorWasSeenToDo() throws IOException {
    try (var bench = OperatorBench.electing(new StrictAdmission())) {
      wholeLife(bench);
      var calls = new HashSet<>(bench.calls.verbs());
      calls.addAll(UNSEEN);
      var rules = yaml(calls);
      if (Boolean.getBoolean("atelier.regenerate")) {
        Files.createDirectories(RULES.getParent());
        Files.writeString(RULES, rules);
      }
      assertThat(RULES).content().isEqualTo(rules);
      assertThat(bench.calls.verbs())
          .extracting(ApiCall::resource)
          .noneMatch(resource -> resource.startsWith("secrets") || resource.startsWith("pods/"));
    }
  }

  /** Everything that makes the operator talk to the API: see the stories for the single turns. */
  private static void wholeLife(OperatorBench bench) {
    var lives = new Lives(bench);
    bench.apply(Yaml.RUNTIME);
    bench.apply(Yaml.VIDEO);
    bench.untilRuntime("sd15", "Available");
    lives.published("ana");
    bench.apply(
        Yaml.generation("brief", "ana")
            .replace("samplesPerPrompt: 2", "samplesPerPrompt: 2\n  ttlSecondsAfterFinished: 0"));
    bench.kubelet.end(lives.job("brief-sample-"), 0, Said.drawn());
    bench.kubelet.end(lives.job("brief-erase-"), 0, Said.done());
    bench.until("brief gone", () -> bench.generation("brief") == null);

    lives.training("eve");
    lives.patchModel("eve", "{\"spec\":{\"suspend\":true}}");
    bench.untilModel("eve", "Suspended");
    lives.patchModel("eve", "{\"spec\":{\"suspend\":false,\"runNonce\":1}}");
    lives.job("eve-intake-r2-");
    lives.patchModel(
        "eve", "{\"spec\":{\"subject\":{\"consent\":{\"expiresAt\":\"2026-01-02T00:00:00Z\"}}}}");
    bench.kubelet.end(lives.job("eve-erase-"), 0, Said.done());
    bench.untilModel("eve", "ConsentExpired");

    lives.onNodes("film");
    lives.deleteOnNodes("film");

    lives.served("served");
    lives.servedNoLonger("served");

    bench.user.resource(bench.model("ana")).delete();
    bench.kubelet.end(lives.job("ana-erase-"), 42, Said.failed("StorageUnavailable"));
    bench.untilModel("ana", "EraseFailed");
    bench.kubelet.end(lives.job("ana-erase-"), 0, Said.done());
    bench.until("ana gone", () -> bench.model("ana") == null);
    bench.until(
        "the lease renewed",
        () -> bench.calls.verbs().contains(new ApiCall("patch", "coordination.k8s.io", "leases")));
  }

  private static String yaml(Set<ApiCall> calls) {
    var byVerbs =
        calls.stream()
            .collect(
                groupingBy(
                    call -> "%s/%s".formatted(call.group(), call.resource()),
                    TreeMap::new,
                    mapping(ApiCall::verb, toCollection(TreeSet::new))));
    return byVerbs.entrySet().stream()
        .map(
            rule -> {
              int slash = rule.getKey().indexOf('/');
              return "- apiGroups: [\"%s\"]\n  resources: [%s]\n  verbs: [%s]\n"
                  .formatted(
                      rule.getKey().substring(0, slash),
                      rule.getKey().substring(slash + 1),
                      String.join(", ", rule.getValue()));
            })
        .collect(joining("", HEADER, ""));
  }
}
