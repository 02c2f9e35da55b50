package dev.atelier.runtime.perception;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.photo.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that are no face embedding end with the file's name and what to do. */
class BadFaceModelTest {
  private static final String CONFIG =
      """
      {"size": {"height": 112, "width": 112}, "face_alignment": "arcface", "rescale_factor": 0.004,
       "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
      """;
  private static final String SMALL = CONFIG.replace("112", "8").replace("arcface", "box");

  @TempDir private Path folder;

  @BeforeEach
  void aGoodFolder() throws IOException {
    Files.copy(SamplePhotos.resource("faces/arcface/model.onnx"), model());
    config(CONFIG);
  }

  @ParameterizedTest
  @CsvSource({"model.onnx", "preprocessor_config.json"})
  void aFileThatIsMissing(String name) throws IOException {
    Files.delete(folder.resolve(name));

    assertRefused(
        folder.resolve(name) + " is not there",
        "a folder of model.onnx and preprocessor_config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"arcface\" | \"insightface\" | face_alignment = insightface is not supported; write arcface",
        "\"face_alignment\": \"arcface\", | '' | lacks the field face_alignment",
        "\"width\": 112 | \"width\": 96 | faces of 112 x 112 or a multiple of it, size asks for height 112 and width 96",
        "\"width\": 112 | \"width\": 0 | width has to be a number of pixels from 1 to 1024",
        "\"arcface\" | \"dlib\" | faces of 150 x 150",
        "\"arcface\" | \"box\", \"face_margin\": 3 | face_margin is for face_alignment = box, a share of the box from 0 to 2",
        "\"arcface\" | \"arcface\", \"face_margin\": 0.1 | face_margin is for face_alignment = box",
        "[0.5, 0.5, 0.5], | [0.5], | image_mean = [0.5]; give three numbers",
        "[0.5, 0.5, 0.5]} | [0.5, 0.5, 0]} | image_std = [0.5, 0.5, 0.0] divides; give numbers above 0",
        "0.004 | 0 | rescale_factor has to be a number above 0",
        "\"arcface\" | \"arcface\", \"channels\": \"BGR\" | asks for what this runtime does not know: channels",
        "\"arcface\" | \"arcface\", \"do_center_crop\": true | do_center_crop = true is not supported",
        "\"arcface\" | \"arcface\", \"do_flip_channel_order\": \"BGR\" | is not supported (only [true, false])",
        "{\"size\" | {size | is not readable JSON",
      })
  void aConfigurationThatAsksForSomethingElse(String target, String replacement, String message)
      throws IOException {
    config(CONFIG.replace(target, replacement));

    assertThatThrownBy(this::open)
        .isInstanceOf(UnsupportedConfigException.class)
        .hasMessageContaining("preprocessor_config.json")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsCutOff() throws IOException {
    var bytes = Files.readAllBytes(model());
    for (int length : List.of(0, 40, bytes.length / 2, bytes.length - 200)) {
      Files.write(model(), Arrays.copyOf(bytes, length));

      assertThatThrownBy(this::open)
          .as("%d bytes", length)
          .isInstanceOf(PerceptionException.class)
          .hasMessageContaining("model.onnx");
    }
  }

  @Test
  void aNetworkOfAnotherSize() throws IOException {
    config(CONFIG.replace("112", "224"));

    assertRefused(
        "model.onnx reads [-1, 3, 112, 112]; export it with one float32 input [batch, 3, 224, 224] or [batch, 224, 224, 3], as size of preprocessor_config.json says, and one output [batch, n]");
  }

  @Test
  void aNetworkWithTwoInputs() throws IOException {
    replace("two_inputs.onnx");

    assertRefused("has 2 inputs; export it with one float32 input");
  }

  @Test
  void aNetworkOfBytes() throws IOException {
    replace("bytes.onnx");

    assertRefused("reads or gives other numbers than float32; export it");
  }

  @Test
  void aNetworkWithThreeOutputs() throws IOException {
    Files.write(model(), ModelFile.shipped("onet.onnx").bytes());
    config(SMALL.replace("8", "48"));

    assertRefused("has 3 outputs; export it");
  }

  @Test
  void aNetworkThatDoesNotSayWhereTheColoursAre() throws IOException {
    TinyClipNetwork.write(model(), List.of(0, 0, 0, 0), List.of(2, 3));
    config(SMALL);

    assertRefused(
        "does not say which axis of its input [-1, -1, -1, -1] holds the colours; export it with one float32 input [batch, 3, 8, 8]");
  }

  @Test
  void aNetworkThatReadsEightFacesAtATime() throws IOException {
    TinyClipNetwork.write(model(), List.of(8, 3, 8, 8), List.of(2, 3));
    config(SMALL);

    assertRefused("reads [8, 3, 8, 8]; export it");
  }

  @Test
  void aNetworkThatGivesAMap() throws IOException {
    TinyClipNetwork.write(model(), List.of(0, 3, 8, 8), List.of(3));
    config(SMALL);

    assertRefused("gives [1, 3, 8] for a face; export it");
  }

  @Test
  void aNetworkThatGivesZerosForEveryPicture() throws IOException {
    TinyClipNetwork.write(model(), "ReduceProd", List.of(0, 3, 32, 32), List.of(2, 3));
    config(SMALL.replace("8", "32"));

    assertRefused("gives nothing but zeros for a picture", "export it anew");
  }

  @Test
  void aNetworkThatGivesNoNumbersForADarkPicture() throws IOException {
    TinyClipNetwork.write(model(), "ReduceLogSum", List.of(0, 3, 8, 8), List.of(2, 3));
    config(SMALL);

    assertRefused("gives what is no number for a picture", "export it anew");
  }

  private void replace(String name) throws IOException {
    Files.write(model(), Files.readAllBytes(SamplePhotos.resource("faces/" + name)));
    config(SMALL);
  }

  private void assertRefused(String... messages) {
    assertThatThrownBy(this::open)
        .isInstanceOf(PerceptionException.class)
        .hasMessageContainingAll(messages);
  }

  private void open() {
    FolderEmbedder.open(folder, "mine", 1).close();
  }

  private Path model() {
    return folder.resolve("model.onnx");
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("preprocessor_config.json"), json);
  }
}
