package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the operator may do: no more than it was seen doing. */
class ChartRolesTest {

  private static final Path OBSERVED =
      Path.of("../operator/src/test/resources/rbac/observed-rules.yaml");

  /** The framework patches its lease, but first looks whether it may update it. */
  private static final String BESIDE_THE_CALLS = "coordination.k8s.io/leases update";

  @Test
  void theRolesAreTheCallsThatTestsObserved() {
    var observed =
        Chart.list(OBSERVED).stream().flatMap(ChartRolesTest::permissionsOfRule).collect(sorted());
    observed.add(BESIDE_THE_CALLS);
    assertThat(ofOperator("default")).isEqualTo(observed);
  }

  @Test
  void anOperatorOfTwoNamespacesMayDoTheSameThereAndOnlyReadRuntimesElsewhere() {
    assertThat(ofOperator("namespaced")).isEqualTo(ofOperator("default"));
    var everywhere =
        roles("namespaced", "ClusterRole")
            .filter(role -> role.at("/metadata/name").asText().equals("atelier"))
            .flatMap(ChartRolesTest::permissions)
            .collect(sorted());
    assertThat(everywhere)
        .containsExactlyInAnyOrder(
            "atelier.dev/diffusionruntimes list",
            "atelier.dev/diffusionruntimes watch",
            "atelier.dev/diffusionruntimes/status patch",
            "authorization.k8s.io/selfsubjectrulesreviews create");
    assertThat(
            roles("namespaced", "Role")
                .filter(role -> role.at("/metadata/name").asText().equals("atelier"))
                .map(role -> role.at("/metadata/namespace").asText()))
        .containsExactlyInAnyOrder("studio", "lab");
  }

  @Test
  void nobodyReadsSecretsEntersPodsOrMayDoEverything() {
    var all =
        Stream.of("Role", "ClusterRole")
            .flatMap(kind -> roles("default", kind))
            .flatMap(ChartRolesTest::permissions)
            .collect(sorted());
    assertThat(all).isNotEmpty();
    assertThat(all)
        .noneMatch(one -> one.contains("*"))
        .noneMatch(one -> one.contains("secrets"))
        .noneMatch(one -> one.contains("pods/"))
        .noneMatch(one -> one.contains("rbac."));
  }

  @Test
  void viewersReadAndEditorsWriteWhatLivesInNamespaces() {
    assertThat(ofRole("atelier-view"))
        .allMatch(one -> one.matches(".* (get|list|watch)"))
        .contains("atelier.dev/headshotmodels get", "atelier.dev/diffusionruntimes list");
    assertThat(ofRole("atelier-edit"))
        .contains("atelier.dev/headshotmodels create", "atelier.dev/generationjobs delete")
        .noneMatch(one -> one.contains("diffusionruntimes"))
        .noneMatch(one -> one.contains("/status"));
  }

  private static Set<String> ofRole(String name) {
    return roles("default", "ClusterRole")
        .filter(role -> role.at("/metadata/name").asText().equals(name))
        .flatMap(ChartRolesTest::permissions)
        .collect(sorted());
  }

  /** What the roles bound to the operator allow, as {@code group/resource verb}. */
  private static TreeSet<String> ofOperator(String example) {
    return Stream.of("Role", "ClusterRole")
        .flatMap(kind -> roles(example, kind))
        .filter(role -> !role.at("/metadata/name").asText().matches("atelier-(view|edit|platform)"))
        .flatMap(ChartRolesTest::permissions)
        .collect(sorted());
  }

  private static Stream<JsonNode> roles(String example, String kind) {
    return Chart.ATELIER.objects(example).stream()
        .filter(object -> object.path("kind").asText().equals(kind));
  }

  private static Stream<String> permissions(JsonNode role) {
    return texts(role.path("rules")).flatMap(ChartRolesTest::permissionsOfRule);
  }

  private static Stream<String> permissionsOfRule(JsonNode rule) {
    return texts(rule.path("apiGroups"))
        .flatMap(
            group ->
                texts(rule.path("resources"))
                    .map(resource -> group.asText() + "/" + resource.asText()))
        .flatMap(resource -> texts(rule.path("verbs")).map(verb -> resource + " " + verb.asText()));
  }

  private static Stream<JsonNode> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }
}
