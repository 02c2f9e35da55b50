package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.operator.job.Isolation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorSettingsTest {

  @Test
  void anInstallationThatSetsNothingGetsTheDefaults() {
    assertThat(OperatorSettings.defaults())
        .isEqualTo(
            new OperatorSettings(
                "",
                Set.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(300),
                32,
                8080,
                false,
                "default",
                Optional.of(new Isolation("default", Set.of()))));
  }

  @Test
  void everyVariableReachesItsSetting() {
    assertThat(
            OperatorSettings.of(
                Map.of(
                    "ATELIER_RUNTIME_IMAGE", "runtime:1",
                    "ATELIER_NAMESPACES", "a, b,",
                    "ATELIER_PROGRESS_SECONDS", "3",
                    "ATELIER_ERASE_RETRY_SECONDS", "4",
                    "ATELIER_CONCURRENCY", "5",
                    "ATELIER_PORT", "0",
                    "ATELIER_LEADER_ELECTION", "True",
                    "ATELIER_SCRAPE_NAMESPACES", "monitoring",
                    "POD_NAMESPACE", "atelier")))
        .isEqualTo(
            new OperatorSettings(
                "runtime:1",
                Set.of("a", "b"),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                5,
                0,
                true,
                "atelier",
                Optional.of(new Isolation("atelier", Set.of("monitoring")))));
  }

  @Test
  void policiesCanBeLeftToThePlatform() {
    assertThat(OperatorSettings.of(Map.of("ATELIER_NETWORK_POLICIES", "false")).isolation())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ATELIER_PORT, http, write a whole number from 0",
    "ATELIER_PORT, -1, write a whole number from 0",
    "ATELIER_CONCURRENCY, 0, write a whole number from 1",
    "ATELIER_LEADER_ELECTION, yes, write true or false",
  })
  void aWrongValueIsNamedWithWhatToWrite(String variable, String value, String advice) {
    assertThatThrownBy(() -> OperatorSettings.of(Map.of(variable, value)))
        .hasMessageContaining(variable)
        .hasMessageContaining(value)
        .hasMessageContaining(advice);
  }
}
