package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final ReportSchema SCHEMA = new ReportSchema("report.schema.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theReportKeepsItsSchema() throws IOException {
    var report = JSON.readTree(Galleries.full().report().json());

    assertThat(SCHEMA.violations(report, "report")).isEmpty();
  }

  @Test
  void aFieldTheSchemaDoesNotKnowIsFound() throws IOException {
    var report = JSON.readTree(Galleries.full().report().json());
    ((ObjectNode) report.at("/metrics/0")).put("valeu", 1);

    assertThat(SCHEMA.violations(report, "report"))
        .containsExactly("report.metrics[0].valeu is not in the schema");
  }
}
