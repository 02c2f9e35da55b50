package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.stage.PublishedPage;
import dev.atelier.runtime.video.ClipPainter;
import dev.atelier.runtime.video.ClipPainter.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as a person opens them: in a real browser, by day and night, at a desk and in hand. */
class PagesInABrowserTest {

  /** Where the pictures of the pages are left for people to look at. */
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  /** Elements whose text or picture is wider than they are, but for those that are to be hidden. */
  private static final String CUT_OFF =
      """
      Array.from(document.querySelectorAll("main *, header *"))
        .filter(one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
        .map(one => one.tagName + "." + one.className + ": " + one.textContent.slice(0, 40))
        .join("; ")
      """;

  /** The least WCAG contrast of a text and the nearest background below it. */
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const channels = color => color.match(/[\\d.]+/g).map(Number);
        const light = color => channels(color).slice(0, 3)
          .map(c => c / 255)
          .map(c => c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = one => {
          for (let at = one; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if (channels(color)[3] !== 0) { return color; }
          }
          return "rgb(255, 255, 255)";
        };
        return Array.from(document.querySelectorAll("h1, h2, h3, p, dt, dd, li, b, span, td, th, summary"))
          .filter(one => one.offsetWidth > 0 && one.textContent.trim())
          .map(one => [light(getComputedStyle(one).color), light(ground(one))])
          .map(([a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05))
          .reduce((least, one) => Math.min(least, one), 21);
      })()
      """;

  @TempDir private static Path folder;
  private static HeadlessBrowser browser;

  @BeforeAll
  static void openTheBrowser() throws IOException, InterruptedException {
    var program = HeadlessBrowser.installed();
    assumeTrue(
        program.isPresent(),
        "SKIPPED: no page is opened, as there is no browser; e2e-tests/tools/install-chromium says why");
    browser = HeadlessBrowser.start(program.get(), folder.resolve("profile"));
    Files.write(folder.resolve("portraits.html"), GalleryPage.html(portraits()));
    Files.write(folder.resolve("clips.html"), ClipGalleryPage.html(clips()));
    Files.copy(PublishedPage.in(folder.resolve("run")), folder.resolve("published.html"));
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void closeIt() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "portraits, 1280, light",
    "portraits, 1280, dark",
    "portraits, 360, light",
    "portraits, 360, dark",
    "clips, 1280, light",
    "clips, 1280, dark",
    "clips, 360, light",
    "clips, 360, dark",
    "published, 1280, light",
    "published, 1280, dark",
    "published, 360, light",
    "published, 360, dark"
  })
  void aPageFitsItsScreenSaysNothingToTheConsoleAndAsksForNothing(
      String page, int width, String scheme) throws Exception {
    var file = folder.resolve(page + ".html");

    browser.open(file, width, scheme);

    Files.write(
        SCREENSHOTS.resolve("%s-%d-%s.png".formatted(page, width, scheme)), browser.picture());
    assertThat(browser.value("document.documentElement.scrollWidth").asInt())
        .as("width of what is shown")
        .isLessThanOrEqualTo(width);
    assertThat(browser.value(CUT_OFF).asText()).as("what sticks out of its box").isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"portraits", "clips", "published"})
  void textCanBeReadByDayAndByNight(String page) throws Exception {
    var backgrounds = new ArrayList<String>();
    for (var scheme : new String[] {"light", "dark"}) {
      browser.open(folder.resolve(page + ".html"), 1280, scheme);

      assertThat(browser.value(LEAST_CONTRAST).asDouble())
          .as("least contrast of %s, %s (WCAG asks for 4.5)", page, scheme)
          .isGreaterThanOrEqualTo(4.5);
      backgrounds.add(browser.value("getComputedStyle(document.body).backgroundColor").asText());
    }
    assertThat(backgrounds).as("of %s", page).doesNotHaveDuplicates();
  }

  @Test
  void aClickOpensAPictureAndArrowsGoOn() throws Exception {
    browser.open(folder.resolve("portraits.html"), 1280, "light");

    browser.value("document.querySelector('.shot').click()");
    assertThat(browser.value("document.querySelector('dialog').open").asBoolean()).isTrue();
    assertThat(browser.value("document.querySelector('dialog p').textContent").asText())
        .isEqualTo("photo of a sks person wearing a navy suit, seed 7");

    browser.value(
        "document.querySelector('dialog').dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight'}))");
    assertThat(browser.value("document.querySelector('dialog p').textContent").asText())
        .isEqualTo("photo of a sks person wearing a navy suit, seed 9");
  }

  @Test
  void whatAPageComplainsOfAndAsksForIsHeard() throws Exception {
    var page =
        Files.writeString(
            folder.resolve("careless.html"),
            "<img src=\"other.png\"><script>console.error('no'); nothing.there;</script>");

    try (var other =
        HeadlessBrowser.start(
            HeadlessBrowser.installed().orElseThrow(), folder.resolve("another"))) {
      other.open(page, 1280, "light");

      assertThat(other.complaints()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(other.requests(page))
          .containsExactly(page.resolveSibling("other.png").toUri().toString());
    }
  }

  private static Gallery portraits() throws IOException {
    var full = Galleries.full();
    int photo = 2001;
    var pictures = new LinkedHashMap<String, Preview>();
    for (var name : full.pictures().keySet()) {
      pictures.put(name, ana("IMG_%d.jpg".formatted(photo++)));
    }
    return new Gallery(
        full.report(),
        pictures,
        Map.of("suit-00", ana("IMG_2024_someone_else.jpg")),
        Map.of("IMG_1", ana("IMG_2009.jpg"), "IMG_2", ana("IMG_2020_blurred.jpg")));
  }

  private static Preview ana(String name) throws IOException {
    return Preview.of(RgbImage.of(ImageIO.read(SamplePhotos.ANA.resolve(name).toFile())));
  }

  private static ClipGallery clips() throws IOException {
    var painter = new ClipPainter(320, 180).ball(25, 1);
    var film = folder.resolve("film.mp4");
    painter.write(film, Packing.H264_MP4);
    var playable = Playable.video(PngFile.of(painter.frame(12)), Files.readAllBytes(film));
    return new ClipGallery(
        ClipGalleryPageTest.report(), Map.of("rain-00", playable), Map.of("rain-00", playable));
  }
}
