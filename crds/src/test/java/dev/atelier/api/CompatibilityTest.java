package dev.atelier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Resources that a released version took are taken by this one. */
class CompatibilityTest {

  private static final Path RELEASED = Path.of("src/test/resources/released");
  private static final String OLD =
      "{'type':'object','required':['a'],'properties':{'a':{'type':'string','maxLength':5},'b':{'type':'string','enum':['X','Y']},'c':{'type':'array','items':{'type':'integer','minimum':1}}}}";

  static List<Path> releases() throws IOException {
    try (var versions = Files.list(RELEASED)) {
      return versions.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void thisVersionTakesWhatTheReleasedOneTook(Path release) throws IOException {
    var current = Crds.schemas(Crds.COMMITTED);
    Crds.schemas(release)
        .forEach(
            (kind, schema) ->
                assertThat(Compatibility.breaks(schema, current.get(kind))).as(kind).isEmpty());
  }

  @Test
  void aSchemaIsCompatibleWithItself() throws IOException {
    assertThat(Compatibility.breaks(json(OLD), json(OLD))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'a':{'type':'string','maxLength':5}, ~ `` ~ .a: removed",
        "'maxLength':5 ~ 'maxLength':4 ~ .a: maxLength became 4",
        "'maxLength':5 ~ 'maxLength':5,'minLength':1 ~ .a: minLength became 1",
        "'maxLength':5 ~ 'maxLength':5,'pattern':'x' ~ .a: pattern became \"x\"",
        "['X','Y'] ~ ['X'] ~ .b: enum value Y is gone",
        "['a'] ~ ['a','b'] ~ : optional field b is gone",
        "{'type':'integer','minimum':1} ~ {'type':'string'} ~ .c[]: type \"integer\" became \"string\"",
        "'minimum':1 ~ 'minimum':2 ~ .c[]: minimum became 2",
      })
  void whatANewerSchemaRefusesIsNamed(String target, String replacement, String expected)
      throws IOException {
    var changed = OLD.replace(target, replacement);
    assertThat(changed).isNotEqualTo(OLD);

    assertThat(Compatibility.breaks(json(OLD), json(changed))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "['X','Y'] ~ ['X','Y','Z']",
        "'maxLength':5 ~ 'maxLength':6",
        "['a'] ~ []",
        "'b': ~ 'd':{'type':'object'},'b':",
      })
  void whatANewerSchemaTakesBesidesIsNoBreak(String target, String replacement) throws IOException {
    var changed = OLD.replace(target, replacement);
    assertThat(changed).isNotEqualTo(OLD);

    assertThat(Compatibility.breaks(json(OLD), json(changed))).isEmpty();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
