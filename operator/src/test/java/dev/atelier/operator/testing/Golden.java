package dev.atelier.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of one case: {@code in-*.yaml} go in, {@code out-*.yaml} must come out. Files that
 * nobody read or compared fail the case.
 */
public final class Golden {

  private static final String REGENERATE =
      "mvn -pl operator -am test -Dtest='*Golden*' -Dsurefire.failIfNoSpecifiedTests=false -Datelier.regenerate=true";
  private static final Path ROOT = Path.of("src/test/resources/manifests");

  private final Path directory;
  private final Set<String> used = new LinkedHashSet<>();

  private Golden(Path directory) {
    this.directory = directory;
  }

  /** The cases below a directory, in the order of their names. */
  public static List<String> cases(String group) {
    try (var entries = Files.list(ROOT.resolve(group))) {
      return entries.map(entry -> group + "/" + entry.getFileName()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of {@link #cases}. */
  public static Golden open(String name) {
    return new Golden(ROOT.resolve(name));
  }

  /** Reads {@code in-NAME.yaml}. */
  public <T> T in(String name, Class<T> type) {
    return optional(name, type).orElseThrow();
  }

  /** Reads {@code in-NAME.yaml} if the case has it. */
  public <T> Optional<T> optional(String name, Class<T> type) {
    var file = "in-" + name + ".yaml";
    if (!Files.exists(directory.resolve(file))) {
      return Optional.empty();
    }
    used.add(file);
    return Optional.of(Serialization.unmarshal(read(file), type));
  }

  /** Compares with {@code out-NAME.yaml}, or writes it with {@code -Datelier.regenerate=true}. */
  public void out(String name, String text) {
    var file = "out-" + name + ".yaml";
    used.add(file);
    if (Boolean.getBoolean("atelier.regenerate")) {
      write(file, text);
    }
    assertThat(directory.resolve(file)).as("regenerate with: %s", REGENERATE).exists();
    assertThat(read(file)).as("%s; regenerate with: %s", file, REGENERATE).isEqualTo(text);
  }

  /** Every file of the directory was read or compared. */
  public void allUsed() {
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("files of %s", directory)
          .containsExactlyInAnyOrderElementsOf(used);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
