package dev.atelier.runtime.sample;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.KeyValuePair;
import com.drew.metadata.Metadata;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import dev.atelier.stage.SamplerInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ProvenancePngTest {

  private static final PlannedPicture PLANNED =
      new PlannedPicture("suit", 3, "photo of a <sks> \"woman\" & Ána, 写真", "blurry", 10);

  private final ProvenancePng encoder =
      new ProvenancePng(
          new SamplerInput("DDIM", 25, 3, 16, 16, 7),
          OptionalDouble.empty(),
          Map.of("baseModelLicense", "Apache-2.0", "code", "atelier 0.1.0"));

  @Test
  void whatMadeAPictureIsReadBackFromItsFile() throws Exception {
    assertThat(texts(png()))
        .containsEntry("prompt", PLANNED.text())
        .containsEntry("negativePrompt", "blurry")
        .containsEntry("seed", "10")
        .containsEntry("sampler", "DDIM, 25 steps, guidance scale 3.0")
        .containsEntry("baseModelLicense", "Apache-2.0")
        .hasEntrySatisfying(
            "parameters",
            text ->
                assertThat(text)
                    .endsWith("Steps: 25, Sampler: DDIM, CFG scale: 3.0, Seed: 10, Size: 16x16"));
  }

  @Test
  void whatIsSetBesidesStandsInTheLineThatWebUisRead() throws Exception {
    var sampler = new SamplerInput("DDIM", 25, 3, 0.7, 1, 16, 16, 7, List.of(), null);
    var png =
        new ProvenancePng(sampler, OptionalDouble.of(0.55), Map.of())
            .png(PLANNED, FakePainter.picture(10));

    assertThat(texts(png).get("parameters"))
        .isEqualTo(
            PLANNED.text()
                + "\nNegative prompt: blurry\nSteps: 25, Sampler: DDIM, CFG scale: 3.0,"
                + " CFG Rescale: 0.7, Seed: 10, Size: 16x16, Clip skip: 2,"
                + " Denoising strength: 0.55");
  }

  @Test
  void theFileIsMarkedAsMadeByAModel() throws Exception {
    var xmp = metadata(png()).getFirstDirectoryOfType(XmpDirectory.class).getXmpProperties();

    assertThat(xmp)
        .containsEntry(
            "Iptc4xmpExt:DigitalSourceType",
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
        .containsEntry("Iptc4xmpExt:AIPromptInformation", PLANNED.text())
        .containsEntry("xmp:CreatorTool", "atelier 0.1.0");
  }

  @Test
  void thePixelsAreUntouchedAndTheBytesAreTheSameEveryTime() throws IOException {
    var picture = ImageIO.read(new ByteArrayInputStream(png()));

    assertThat(picture.getRGB(5, 5)).isEqualTo(FakePainter.picture(10).toBuffered().getRGB(5, 5));
    assertThat(png()).isEqualTo(png());
  }

  private byte[] png() {
    return encoder.png(PLANNED, FakePainter.picture(10));
  }

  private static Map<String, String> texts(byte[] png) throws Exception {
    return metadata(png).getDirectoriesOfType(PngDirectory.class).stream()
        .map(directory -> directory.getObject(PngDirectory.TAG_TEXTUAL_DATA))
        .filter(List.class::isInstance)
        .flatMap(pairs -> ((List<?>) pairs).stream())
        .map(KeyValuePair.class::cast)
        .collect(toMap(KeyValuePair::getKey, pair -> pair.getValue().toString()));
  }

  private static Metadata metadata(byte[] png) throws ImageProcessingException, IOException {
    return ImageMetadataReader.readMetadata(new ByteArrayInputStream(png), png.length);
  }
}
