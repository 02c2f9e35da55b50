package dev.atelier.local.cluster;

import static dev.atelier.local.cluster.ConfigMaps.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the API refuses, and with which code and words. */
class RefusedCallsTest {
  @AutoClose
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(
          (object, previous) ->
              object.at("/spec/colour").asText().equals("mauve")
                  ? new ResourceAdmission.Verdict(
                      object,
                      List.of(
                          new ResourceAdmission.FieldError(
                              "FieldValueInvalid",
                              "spec.colour",
                              "Invalid value: \"mauve\": use a colour of the palette")),
                      List.of())
                  : new ResourceAdmission.Verdict(object, List.of(), List.of()),
          Clock.systemUTC());

  private final KubernetesClient client = cluster.client();

  @Test
  void aStaleUpdateConflicts() {
    ConfigMap first = client.resource(map("m", Map.of("a", "1"))).create();
    client.resource(map("m", Map.of("a", "2"))).update();
    first.setData(Map.of("a", "3"));
    assertThat(codeOf(() -> client.resource(first).update())).isEqualTo(409);
    assertThat(codeOf(() -> client.resource(map("m", Map.of())).create())).isEqualTo(409);
    assertThat(codeOf(() -> client.resource(map("none", Map.of())).update())).isEqualTo(404);
  }

  @Test
  void admissionRefusesWithTheFieldAsTheServerDoes() {
    client.load(getClass().getResourceAsStream("/cluster/easels.yaml")).create();
    assertThatThrownBy(() -> client.resource(Easel.named("oak", "mauve")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getReason()).isEqualTo("Invalid");
              assertThat(e.getStatus().getMessage())
                  .isEqualTo(
                      "Easel.test.atelier.dev \"oak\" is invalid: spec.colour: Invalid value:"
                          + " \"mauve\": use a colour of the palette");
              assertThat(e.getStatus().getDetails().getCauses().get(0).getField())
                  .isEqualTo("spec.colour");
            });
  }

  @Test
  void withoutTheTokenNothingIsServed() {
    var config = new ConfigBuilder(cluster.config()).withOauthToken("guess").build();
    try (var stranger = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(codeOf(() -> stranger.pods().inAnyNamespace().list())).isEqualTo(401);
    }
  }

  private static int codeOf(Runnable call) {
    try {
      call.run();
      return 200;
    } catch (KubernetesClientException e) {
      return e.getCode();
    }
  }
}
