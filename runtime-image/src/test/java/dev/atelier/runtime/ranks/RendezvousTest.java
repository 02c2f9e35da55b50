package dev.atelier.runtime.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pod of a JobSet is told about the others. */
class RendezvousTest {

  private static final Map<String, String> POD =
      Map.of(
          "MASTER_ADDR", "film-node-0-0.film",
          "MASTER_PORT", "29500",
          "WORLD_SIZE", "2",
          "RANK", "1");

  @Test
  void aPodOfAJobSetKnowsWhereToMeet() {
    assertThat(Rendezvous.of(POD)).contains(new Rendezvous("film-node-0-0.film", 29500, 2, 1));
  }

  @Test
  void aPodOfAJobMeetsNobody() {
    assertThat(Rendezvous.of(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RANK | 2 | RANK is 2, it must be from 0 to 1 with WORLD_SIZE 2",
        "MASTER_PORT | high | MASTER_PORT is 'high', a number is needed",
        "MASTER_ADDR | '' | MASTER_ADDR is not set, though WORLD_SIZE is",
      })
  void whatMakesNoSenseIsNamed(String variable, String value, String message) {
    var environment = new HashMap<>(POD);
    environment.put(variable, value);

    assertThatThrownBy(() -> Rendezvous.of(environment)).hasMessageContaining(message);
  }
}
