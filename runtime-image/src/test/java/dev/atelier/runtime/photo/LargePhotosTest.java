package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Run by {@code mvn verify -pl crds,runtime-image -Pendurance -Dtest=LargePhotosTest
 * -Dsurefire.failIfNoSpecifiedTests=false}: what photos of fifty megapixels take, the figures of
 * {@code docs/photos.md}.
 */
@Tag("endurance")
class LargePhotosTest {

  private static final int WIDTH = 6328;
  private static final int HEIGHT = 7907;
  private static final String BASELINE = "baseline.jpg";
  private static final String PROGRESSIVE = "progressive.jpg";
  private static final String FOUR_INKS = "four-inks.jpg";
  private static final String PNG = "plain.png";
  private static final String WEBP = "lossy.webp";

  /** For each, and for one that has room for two at a time. */
  private static final String SMALL_HEAP = "-Xmx256m";

  private static final String HEAP_FOR_TWO = "-Xmx512m";

  @TempDir private static Path folder;

  @BeforeAll
  static void files() throws IOException {
    var large = large();
    write(BASELINE, JpegFiles.plain(large, 0.9f));
    write(PROGRESSIVE, JpegFiles.progressive(large));
    write(FOUR_INKS, JpegFiles.cmyk(large));
    write(PNG, PhotoCase.png(large));
    write(WEBP, Files.readAllBytes(SamplePhotos.resource("codecs/obama_50_megapixels.webp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {BASELINE, PROGRESSIVE, FOUR_INKS, PNG, WEBP})
  void oneOfEachKindIsJudgedWithASmallHeap(String name) throws Exception {
    assertThat(judged(SMALL_HEAP, List.of(name))).containsExactly(name + " Accepted 6328x7907");
  }

  @Test
  void aSetOfThemIsJudgedTwoAtATime() throws Exception {
    var names = List.of(BASELINE, FOUR_INKS, WEBP, PNG, PROGRESSIVE);

    assertThat(judged(HEAP_FOR_TWO, names))
        .hasSize(5)
        .allMatch(line -> line.endsWith(" 6328x7907"))
        .filteredOn(line -> line.contains("Accepted"))
        .as("they show one picture")
        .hasSize(1);
  }

  /** Judges photos in a process of its own, and returns what it printed but for the figures. */
  private static List<String> judged(String heap, List<String> names) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargePhotoProcess.class.getName()));
    names.forEach(name -> command.add(folder.resolve(name).toString()));
    var log = folder.resolve("log.txt").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    var lines = Files.readAllLines(log.toPath());
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    lines.stream()
        .filter(line -> line.startsWith(LargePhotoProcess.FIGURES))
        .forEach(line -> System.out.printf("LARGE %s %s: %s%n", heap, names, line));
    return lines.stream()
        .filter(line -> line.startsWith(LargePhotoProcess.PHOTO))
        .map(line -> line.substring(LargePhotoProcess.PHOTO.length()))
        .toList();
  }

  private static BufferedImage large() throws IOException {
    var large = Darkroom.canvas(WIDTH, HEIGHT, Color.GRAY);
    var canvas = large.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(PhotoCase.photo("obama.jpg"), 0, 0, WIDTH, HEIGHT, null);
    canvas.dispose();
    return large;
  }

  private static void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }
}
