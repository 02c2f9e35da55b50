package dev.atelier.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A chart of the folder helm.
 *
 * @param name its folder, and the name of the release that tests render
 */
record Chart(String name) {

  static final Chart ATELIER = new Chart("atelier");
  static final Chart RUNTIMES = new Chart("atelier-runtimes");
  static final List<Chart> ALL = List.of(ATELIER, RUNTIMES);

  private static final Path HELM = Path.of("../helm");
  private static final Path GOLDEN = Path.of("src/test/resources/chart");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A file of the chart. */
  Path file(String path) {
    return HELM.resolve(name).resolve(path);
  }

  /** Names of the values of {@code ci/}. */
  List<String> examples() {
    try (var files = Files.list(file("ci"))) {
      return files
          .map(path -> path.getFileName().toString().replace("-values.yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an example renders to, as committed. */
  Path golden(String example) {
    return GOLDEN.resolve(name).resolve(example + ".yaml");
  }

  /** The committed objects of an example. */
  List<JsonNode> objects(String example) {
    return documents(golden(example));
  }

  /** The documents of a YAML file. */
  static List<JsonNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The items of a YAML file that is one list. */
  static List<JsonNode> list(Path file) {
    try {
      return StreamSupport.stream(YAML.readTree(file.toFile()).spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The documents of a YAML text. */
  static List<JsonNode> documents(String text) {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return values.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Renders an example with helm. The CRDs are left out: they are compared with the generated ones.
   */
  Tools.Output render(String example, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                name,
                ".",
                "--namespace",
                "atelier-system",
                "--kube-version",
                "1.34.0",
                "--values",
                "ci/" + example + "-values.yaml"));
    arguments.addAll(List.of(more));
    return helm(arguments);
  }

  /** Runs helm in the chart's folder. */
  Tools.Output helm(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Tools.helm().toString());
    command.addAll(arguments);
    return Tools.run(file("."), command);
  }

  /** The version in the parent POM. */
  static String versionOfTheBuild() {
    try {
      return Pattern.compile("<artifactId>atelier</artifactId>\\s*<version>(.+?)</version>")
          .matcher(Files.readString(Path.of("../pom.xml")))
          .results()
          .map(found -> found.group(1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
