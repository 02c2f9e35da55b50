package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetPainterTest {

  @TempDir private Path folder;

  @Test
  void everyPictureOfTheGalleryIsOnTheContactSheet() {
    var sheet = ContactSheet.of(Galleries.full());

    assertThat(sheet.rows())
        .extracting(Sheet.Row::title)
        .containsExactly("Training photos", "suit", "snow", "Base model, not tuned");
    assertThat(sheet.rows().get(1).cells())
        .extracting(Sheet.Cell::title)
        .containsExactly("seed 7", "seed 8", "seed 9");
    assertThat(sheet.rows().get(1).cells().get(1).note()).isEqualTo("blocked, not written");
  }

  @Test
  void aRowOfMoreThanTheColumnsGoesOnBelow() {
    var cell = Sheet.Cell.of(Galleries.preview(10).thumbnail(), "a", "");

    var three = paint(3, cell);
    var four = paint(4, cell);

    assertThat(four.getHeight()).isGreaterThan(three.getHeight() + 192);
    assertThat(four.getWidth()).isEqualTo(three.getWidth());
  }

  @Test
  void notesMakeRoomForThemselvesAboveTheRows() {
    var row =
        new Sheet.Row(
            "row", "", List.of(Sheet.Cell.of(Galleries.preview(10).thumbnail(), "a", "")));
    var without = SheetPainter.paint(new Sheet("title", "", 3, List.of(row)));
    var with =
        SheetPainter.paint(
            new Sheet("title", "", List.of("13 usable", "- add a photo"), 3, List.of(row)));

    assertThat(with.getHeight()).isEqualTo(without.getHeight() + 44);
    // The picture has moved down with its row.
    assertThat(new Color(with.getRGB(40 + 96, 194 + 44 + 96)).getRed()).isEqualTo(10);
    assertThat(new Color(without.getRGB(40 + 96, 194 + 96)).getRed()).isEqualTo(10);
  }

  @Test
  void aPictureIsShownWholeWithItsMark() {
    var cell =
        new Sheet.Cell(
            Optional.of(Galleries.preview(10).thumbnail()),
            Optional.of(new Region(8, 8, 24, 24)),
            "face",
            "",
            Tone.GOOD);

    var painted = paint(1, cell);

    // The cell starts below margin 40, header 96 and row header 58; the mark at a quarter of it.
    assertThat(new Color(painted.getRGB(40 + 96, 194 + 10)).getRed()).isEqualTo(10);
    assertThat(new Color(painted.getRGB(40 + 96, 194 + 48)).getRed()).isGreaterThan(200);
  }

  @Test
  void paintingTouchesNoFontOfTheMachine() throws IOException, InterruptedException {
    var file = folder.resolve("sheet.png");
    var loaded = folder.resolve("classes.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                classPath(),
                Painting.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();

    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

    assertThat(folder.resolve("log")).content().isEmpty();
    assertThat(Files.readString(loaded))
        .contains("dev.atelier.runtime.gallery.Lettering")
        .doesNotContain("sun.font.SunFontManager", "sun.font.FontManagerFactory");
    var here = SheetPainter.paint(plain());
    assertThat(pixels(ImageIO.read(file.toFile()))).isEqualTo(pixels(here));
  }

  /** Where this project's classes lie, whatever started the tests. */
  private static String classPath() {
    return Stream.of(SheetPainter.class, Painting.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Paints the sheet in a process of its own. */
  static final class Painting {
    private Painting() {}

    public static void main(String[] arguments) throws IOException {
      ImageIO.write(SheetPainter.paint(plain()), "png", new File(arguments[0]));
    }
  }

  private static Sheet plain() {
    var picture = new RgbImage(32, 32, new float[32 * 32 * 3]);
    var row = new Sheet.Row("Photos", "all 1", List.of(Sheet.Cell.of(picture, "IMG_1", "sharp")));
    return new Sheet("Ána", "13 of 18 photos are usable", 3, List.of(row));
  }

  private static BufferedImage paint(int cells, Sheet.Cell cell) {
    var row = new Sheet.Row("row", "", Collections.nCopies(cells, cell));
    return SheetPainter.paint(new Sheet("title", "", 3, List.of(row)));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
