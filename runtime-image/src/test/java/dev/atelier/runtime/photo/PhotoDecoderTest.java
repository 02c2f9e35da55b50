package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoDecoderTest {
  /** What JPEG may change a flat colour by. */
  private static final Offset<Double> JPEG = Offset.offset(1.5);

  @TempDir Path folder;

  @Test
  void jpegPngAndWebpAreRead() {
    assertThat(picture(SamplePhotos.resource("photos/obama.jpg")).width()).isEqualTo(910);
    assertThat(picture(SamplePhotos.resource("photos/astronaut.png")).height()).isEqualTo(512);
    assertThat(picture(SamplePhotos.resource("codecs/obama.webp")).width()).isEqualTo(455);
  }

  @Test
  void webpShowsTheSamePictureAsJpeg() {
    var jpeg = PerceptualHash.of(picture(SamplePhotos.resource("photos/obama.jpg")).image());
    var webp = PerceptualHash.of(picture(SamplePhotos.resource("codecs/obama.webp")).image());

    assertThat(webp.distance(jpeg)).isLessThanOrEqualTo(2);
  }

  @Test
  void progressiveJpegIsRead() throws IOException {
    var source = ImageIO.read(SamplePhotos.resource("photos/obama.jpg").toFile());
    var file = Files.write(folder.resolve("progressive.jpg"), JpegFiles.progressive(source));

    assertThat(brightness(picture(file).image()))
        .isCloseTo(brightness(RgbImage.of(source)), Offset.offset(1.0));
  }

  @Test
  void fourInksGiveTheColoursTheyPrint() throws IOException {
    var source = ImageIO.read(SamplePhotos.resource("photos/obama.jpg").toFile());
    var file = Files.write(folder.resolve("cmyk.jpg"), JpegFiles.cmyk(source));

    var read = picture(file).image();
    assertThat(read.width()).isEqualTo(source.getWidth());
    assertThat(brightness(read)).isCloseTo(brightness(RgbImage.of(source)), Offset.offset(20.0));
  }

  /** (180, 120, 90) of Display P3 is (190, 118, 85) of sRGB. */
  @ParameterizedTest
  @CsvSource({"300,200", "3000,2000"})
  void thePhonesWideColoursAreShownAsSrgb(int width, int height) throws IOException {
    var wide = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var canvas = wide.createGraphics();
    canvas.setColor(new Color(180, 120, 90));
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    var jpeg = JpegFiles.plain(wide, 1f);
    var plain = Files.write(folder.resolve("plain.jpg"), jpeg);
    var file = Files.write(folder.resolve("p3.jpg"), JpegFiles.inDisplayP3(jpeg));

    assertThat(colour(picture(plain).image())).containsExactly(new double[] {180, 120, 90}, JPEG);
    assertThat(colour(picture(file).image())).containsExactly(new double[] {190, 118, 85}, JPEG);
  }

  private static double[] colour(RgbImage image) {
    int x = image.width() / 2;
    int y = image.height() / 3;
    return new double[] {image.at(x, y, 0), image.at(x, y, 1), image.at(x, y, 2)};
  }

  @Test
  void grayPicturesKeepTheirBrightness() throws IOException {
    var gray = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSamples(0, 0, 40, 30, 0, filled(40 * 30, 100));
    var file = folder.resolve("gray.png");
    ImageIO.write(gray, "png", file.toFile());

    assertThat(brightness(picture(file).image())).isCloseTo(100, Offset.offset(0.01));
  }

  @Test
  void transparentPartsAreWhite() throws IOException {
    var file = folder.resolve("clear.png");
    ImageIO.write(new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB), "png", file.toFile());

    assertThat(brightness(picture(file).image())).isCloseTo(255, Offset.offset(0.01));
  }

  /** The stored picture has a red corner; each orientation says where it shows. */
  @ParameterizedTest
  @CsvSource({
    "1,60,40,0,0",
    "2,60,40,1,0",
    "3,60,40,1,1",
    "4,60,40,0,1",
    "5,40,60,0,0",
    "6,40,60,1,0",
    "7,40,60,1,1",
    "8,40,60,0,1"
  })
  void theRedCornerIsWhereExifSays(int orientation, int width, int height, int right, int bottom)
      throws IOException {
    var image = new BufferedImage(60, 40, BufferedImage.TYPE_3BYTE_BGR);
    var canvas = image.createGraphics();
    canvas.setColor(Color.RED);
    canvas.fillRect(0, 0, 16, 16);
    canvas.dispose();
    var file =
        Files.write(
            folder.resolve("turned.jpg"),
            JpegFiles.withOrientation(JpegFiles.plain(image, 0.75f), orientation));

    var picture = picture(file);
    assertThat(picture.width()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(height);
    assertThat(picture.image().at(right == 1 ? width - 4 : 4, bottom == 1 ? height - 4 : 4, 0))
        .isGreaterThan(200);
  }

  @Test
  void fortyEightMegapixelsBecomeAWorkingPicture() throws IOException {
    var large = new BufferedImage(8000, 6000, BufferedImage.TYPE_BYTE_GRAY);
    var canvas = large.createGraphics();
    canvas.setPaint(new GradientPaint(0, 0, Color.BLACK, 8000, 0, Color.WHITE));
    canvas.fillRect(0, 0, 8000, 6000);
    canvas.dispose();
    var file = Files.write(folder.resolve("large.jpg"), JpegFiles.plain(large, 0.75f));

    var picture = picture(file);
    assertThat(picture.width()).isEqualTo(8000);
    assertThat(picture.image().width()).isBetween(1024, 2048);
    assertThat(picture.reduction() * picture.image().width()).isEqualTo(8000);
  }

  @Test
  void fiftyMegapixelsOfWebpShowTheSamePictureInTheSameColours() {
    var large = picture(SamplePhotos.resource("codecs/obama_50_megapixels.webp"));
    var small = picture(SamplePhotos.resource("photos/obama.jpg"));

    assertThat(large.width()).isEqualTo(6328);
    assertThat(large.height()).isEqualTo(7907);
    assertThat(large.image().height()).isEqualTo(2048);
    assertThat(PerceptualHash.of(large.image()).distance(PerceptualHash.of(small.image())))
        .isLessThanOrEqualTo(2);
    var reduced =
        Resize.to(large.image(), small.image().width(), small.image().height(), Filter.BOX);
    double difference = 0;
    for (int i = 0; i < reduced.values().length; i++) {
      difference += Math.abs(reduced.values()[i] - small.image().values()[i]);
    }
    assertThat(difference / reduced.values().length).isLessThan(6);
  }

  @Test
  void morePixelsThanTheLimitAreTooLarge() {
    var limits = new DecodeLimits(500_000, 50_000_000, 16_000_000, 2048);
    var refused =
        refused(new PhotoDecoder(limits).decode(SamplePhotos.resource("photos/obama.jpg")));

    assertThat(refused.verdict()).isEqualTo(Verdict.TooLarge);
    assertThat(refused.advice()).contains("910x1137").contains("make it smaller");
  }

  @Test
  void moreBytesThanTheLimitAreTooLarge() {
    var limits = new DecodeLimits(64_000_000, 100_000, 16_000_000, 2048);
    var refused =
        refused(new PhotoDecoder(limits).decode(SamplePhotos.resource("photos/obama.jpg")));

    assertThat(refused.verdict()).isEqualTo(Verdict.TooLarge);
  }

  @ParameterizedTest
  @CsvSource({
    "photos/obama.jpg,0.5",
    "photos/obama.jpg,0.05",
    "photos/astronaut.png,0.5",
    "codecs/obama.webp,0.5",
    "codecs/obama_50_megapixels.webp,0.5",
    "codecs/obama_50_megapixels.webp,0.999"
  })
  void aFileThatWasCutOffIsUnreadable(String name, double share) throws IOException {
    byte[] whole = Files.readAllBytes(SamplePhotos.resource(name));
    var file =
        Files.write(folder.resolve("cut"), Arrays.copyOf(whole, (int) (whole.length * share)));

    var refused = refused(decoder().decode(file));
    assertThat(refused.verdict()).isEqualTo(Verdict.Unreadable);
    assertThat(refused.advice()).contains("damaged or was cut off").contains("upload it again");
  }

  @Test
  void animationsAreRefused() {
    assertThat(refused(decoder().decode(SamplePhotos.resource("codecs/animated.webp"))).advice())
        .contains("animated");
  }

  @ParameterizedTest
  @CsvSource({
    "'....ftypheic',HEIC",
    "'....ftypavif',AVIF",
    "GIF89a,GIF",
    "%PDF-1.7,PDF",
    "hello,JPEG",
    "'',empty"
  })
  void otherFilesAreToldWhatToDo(String content, String mentioned) throws IOException {
    var file =
        Files.write(folder.resolve("photo.jpg"), content.getBytes(StandardCharsets.ISO_8859_1));

    var refused = refused(decoder().decode(file));
    assertThat(refused.verdict()).isEqualTo(Verdict.Unreadable);
    assertThat(refused.advice()).contains(mentioned);
  }

  @Test
  void aMissingFileIsUnreadable() {
    assertThat(refused(decoder().decode(folder.resolve("gone.jpg"))).advice()).contains("gone.jpg");
  }

  private static PhotoDecoder decoder() {
    return new PhotoDecoder(DecodeLimits.defaults());
  }

  private static Decoded.Picture picture(Path file) {
    var decoded = decoder().decode(file);
    assertThat(decoded).isInstanceOf(Decoded.Picture.class);
    return (Decoded.Picture) decoded;
  }

  private static Finding refused(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    return ((Decoded.Refused) decoded).finding();
  }

  private static double brightness(RgbImage image) {
    return Luma.of(image).mean();
  }

  private static int[] filled(int size, int value) {
    var values = new int[size];
    Arrays.fill(values, value);
    return values;
  }
}
