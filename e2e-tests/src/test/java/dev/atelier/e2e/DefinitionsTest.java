package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our four kinds as a person with kubectl meets them. */
@OnKubernetes
final class DefinitionsTest {

  private final TestCluster cluster;
  private final KubernetesClient client;

  DefinitionsTest(TestCluster cluster) {
    this.cluster = cluster;
    client = cluster.client("definitions");
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"diffusionruntimes", "generationjobs", "headshotmodels", "videogenerators"})
  void theApiServerTakesEveryDefinitionWithoutComplaint(String plural) {
    var conditions =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(plural + ".atelier.dev")
            .get()
            .getStatus()
            .getConditions();

    assertThat(conditions)
        .filteredOn(condition -> condition.getStatus().equals("True"))
        .extracting(CustomResourceDefinitionCondition::getType)
        .containsExactlyInAnyOrder("NamesAccepted", "Established");
  }

  @ParameterizedTest
  @CsvSource({
    "headshotmodels, NAME METHOD STAGE PROGRESS READY REASON AGE",
    "hsm, NAME METHOD STAGE PROGRESS READY REASON AGE",
  })
  void aTableShowsWhatMattersMost(String name, String columns) {
    cluster.kubectl(
        "apply", "--filename", "../samples/headshot/20-ana.yaml", "--namespace", "default");
    try {
      var header = cluster.kubectl("get", name, "ana").lines().findFirst().orElseThrow();
      assertThat(List.of(header.split("\\s+"))).containsExactly(columns.split(" "));
    } finally {
      cluster.kubectl("delete", "headshotmodel", "ana");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"diffusionruntime", "generationjob", "headshotmodel", "videogenerator"})
  void kubectlExplainsEveryField(String kind) {
    var top = cluster.kubectl("explain", kind + ".spec");
    assertThat(top).contains("FIELDS:", "GROUP:      atelier.dev");

    var fields =
        cluster
            .kubectl("explain", kind + ".spec", "--recursive")
            .lines()
            .filter(line -> line.contains("\t<") || line.contains(" <"))
            .count();
    assertThat(fields).as("fields of %s.spec", kind).isGreaterThan(10);
  }

  @Test
  void explainSaysWhatAFieldIsForAndWhatItIsByDefault() {
    assertThat(cluster.kubectl("explain", "headshotmodel.spec.training.learningRate"))
        .contains("FIELD: learningRate <string>")
        .contains("Default per method: DreamBooth 2e-6");
    assertThat(cluster.kubectl("explain", "headshotmodel.spec.training.method"))
        .contains("DreamBooth", "LoRA", "TextualInversion");
  }
}
