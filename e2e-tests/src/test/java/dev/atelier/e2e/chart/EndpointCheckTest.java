package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.EndpointCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What {@code helm test} runs. */
class EndpointCheckTest {

  @Test
  void anOperatorThatIsReadyAndCountsPassesUntilItIsGone() throws Exception {
    String url;
    try (var operator = RunningOperator.start()) {
      url = operator.url();
      assertThat(EndpointCheck.good(url)).isTrue();
    }
    assertThat(EndpointCheck.good(url)).isFalse();
  }

  @Test
  void theTestPodRunsTheProgramThatThisTests() throws IOException {
    var pod =
        Chart.ATELIER.objects("default").stream()
            .filter(object -> object.path("kind").asText().equals("Pod"))
            .findFirst()
            .orElseThrow();
    assertThat(pod.at("/spec/containers/0/command").toString())
        .contains(EndpointCheck.class.getName(), "http://atelier.atelier-system.svc:8080");
  }
}
