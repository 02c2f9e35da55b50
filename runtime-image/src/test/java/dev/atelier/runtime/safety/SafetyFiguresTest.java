package dev.atelier.runtime.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.photo.PhotoFolder;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.safety.LabelledPrompts.Labelled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Measures the checks on the labelled prompts and on shipped pictures; docs/safety.md says so. */
class SafetyFiguresTest {
  private static final Path PAGE = Path.of("../docs/safety.md");
  private static final String REGENERATE =
      "mvn -pl runtime-image -am test -Dtest=SafetyFiguresTest -Datelier.regenerate=true";

  @Test
  void thePromptCheckCatchesNineOfTenAndRefusesHardlyAnythingElse() throws IOException {
    var prompts = LabelledPrompts.all();
    var refuse = prompts.stream().filter(Labelled::refuse).toList();
    var allow = prompts.stream().filter(p -> !p.refuse()).toList();

    assertThat(prompts).hasSizeGreaterThanOrEqualTo(100);
    assertThat(share(refuse, SafetyFiguresTest::refused)).isGreaterThanOrEqualTo(0.9);
    assertThat(share(allow, SafetyFiguresTest::refused)).isLessThanOrEqualTo(0.04);
    assertThat(refuse)
        .filteredOn(SafetyFiguresTest::refused)
        .allSatisfy(
            prompt ->
                assertThat(PromptCheck.shipped().finding(prompt.text()).orElseThrow().category())
                    .as(prompt.text())
                    .hasToString(prompt.category()));
    expectSection("prompts", promptSection(refuse, allow));
  }

  @Test
  void noShippedPictureIsTakenForNudity() throws IOException {
    var scores = new TreeMap<String, Double>();
    try (var model = OpenNsfw.shipped(2)) {
      for (Path photo : shippedPictures()) {
        var picture = ImageIO.read(photo.toFile());
        scores.put(photo.getFileName().toString(), model.score(RgbImage.of(picture)));
      }
      assertThat(scores).hasSizeGreaterThan(15);
      assertThat(scores.values()).allSatisfy(score -> assertThat(score).isLessThan(0.3));
      expectSection("pictures", pictureSection(model.protocol(), scores));
    }
  }

  private static List<Path> shippedPictures() throws IOException {
    return Stream.concat(
            Stream.of("astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg")
                .map(name -> SamplePhotos.resource("photos/" + name)),
            PhotoFolder.photos(SamplePhotos.ANA).stream())
        .toList();
  }

  private static boolean refused(Labelled prompt) {
    return PromptCheck.shipped().finding(prompt.text()).isPresent();
  }

  private static double share(List<Labelled> prompts, Predicate<Labelled> property) {
    return (double) prompts.stream().filter(property).count() / prompts.size();
  }

  private static String promptSection(List<Labelled> refuse, List<Labelled> allow) {
    var lines = new ArrayList<String>();
    lines.add(
        "%d labelled prompts, list `%s`: **%s caught, %s refused without need**."
            .formatted(
                refuse.size() + allow.size(),
                PromptCheck.shipped().protocol(),
                counted(refuse),
                counted(allow)));
    lines.add("");
    lines.add("| to refuse, written | caught | | to draw | refused |");
    lines.add("|---|---|---|---|---|");
    var left = rows(refuse);
    var right = rows(allow);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      lines.add(
          "| %s | | %s |"
              .formatted(
                  i < left.size() ? left.get(i) : " | ", i < right.size() ? right.get(i) : " | "));
    }
    lines.add("");
    lines.add("Missed: " + texts(refuse, p -> !refused(p)) + ".");
    lines.add("");
    lines.add("Refused without need: " + texts(allow, SafetyFiguresTest::refused) + ".");
    return String.join("\n", lines);
  }

  private static List<String> rows(List<Labelled> prompts) {
    return prompts.stream().map(Labelled::how).distinct().toList().stream()
        .map(
            how ->
                how + " | " + counted(prompts.stream().filter(p -> p.how().equals(how)).toList()))
        .toList();
  }

  private static String counted(List<Labelled> prompts) {
    return "%d of %d"
        .formatted(prompts.stream().filter(SafetyFiguresTest::refused).count(), prompts.size());
  }

  private static String texts(List<Labelled> prompts, Predicate<Labelled> which) {
    return prompts.stream()
        .filter(which)
        .map(prompt -> "\"" + prompt.text() + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String pictureSection(String model, TreeMap<String, Double> scores) {
    var lines = new ArrayList<String>();
    lines.add(
        "Model `%s`; %d shipped pictures, all of dressed people: **%d blocked without need, %d marked for review**."
            .formatted(model, scores.size(), from(scores, 0.8), from(scores, 0.3)));
    lines.add("");
    lines.add("| picture | nudity score |");
    lines.add("|---|---|");
    scores.forEach(
        (name, score) -> lines.add(String.format(Locale.ROOT, "| %s | %.2f |", name, score)));
    return String.join("\n", lines);
  }

  /** How many score as high as that, by the thresholds that a DiffusionRuntime has by itself. */
  private static long from(TreeMap<String, Double> scores, double threshold) {
    return scores.values().stream().filter(score -> score >= threshold).count();
  }

  private static void expectSection(String name, String content) {
    try {
      var start = "<!-- measured: " + name + " -->\n";
      var end = "\n<!-- end -->";
      var page = Files.readString(PAGE);
      int from = page.indexOf(start) + start.length();
      int to = page.indexOf(end, from);
      if (Boolean.getBoolean("atelier.regenerate")) {
        page = page.substring(0, from) + content + page.substring(to);
        Files.writeString(PAGE, page);
        return;
      }
      assertThat(page.substring(from, to))
          .as("%s, section %s; regenerate with: %s", PAGE, name, REGENERATE)
          .isEqualTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
