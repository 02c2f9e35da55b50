package dev.atelier.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the chart runs the operator by default.
 *
 * @param options of the JVM
 * @param memory bytes that its container may have
 */
record ShippedOperator(List<String> options, long memory) {

  private static final Path VALUES = Path.of("../helm/atelier/values.yaml");

  /** By the values of the chart, with the memory that their comment asks for so many models. */
  static ShippedOperator of(int models) throws IOException {
    var shipped = read();
    long taken = (190L + 50L * models / 1000) << 20;
    return new ShippedOperator(shipped.options(), Math.max(shipped.memory(), taken * 3 / 2));
  }

  /** As the values of the chart say. */
  static ShippedOperator read() throws IOException {
    JsonNode values = new YAMLMapper().readTree(VALUES.toFile());
    return new ShippedOperator(
        List.of(values.at("/operator/jvmOptions").asText().strip().split("\\s+")),
        Quantity.getAmountInBytes(new Quantity(values.at("/resources/limits/memory").asText()))
            .longValueExact());
  }

  /**
   * Options of a process without a container, whose JVM is to see no more memory than one in it.
   */
  List<String> optionsOfAProcess() {
    return Stream.concat(options.stream(), Stream.of("-XX:MaxRAM=" + memory)).toList();
  }

  /** The limit in MiB. */
  long mebibytes() {
    return memory >> 20;
  }
}
