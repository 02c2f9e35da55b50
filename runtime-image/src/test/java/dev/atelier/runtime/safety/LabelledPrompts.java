package dev.atelier.runtime.safety;

import dev.atelier.runtime.photo.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The prompts of {@code safety/prompts.tsv}. */
final class LabelledPrompts {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private LabelledPrompts() {}

  /**
   * A prompt with what should become of it.
   *
   * @param how it is written: plainly, or with which trick
   */
  record Labelled(boolean refuse, String category, String how, String text) {}

  static List<Labelled> all() throws IOException {
    return Files.readAllLines(SamplePhotos.resource("safety/prompts.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(c -> new Labelled(c[0].equals("refuse"), c[1], c[2], unescaped(c[3])))
        .toList();
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
  }
}
