package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.pretrain.PortraitReader.Question;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of the samples, on people whom no training saw. */
class ShippedReaderTest {

  private static final Path SHIPPED = Path.of("../samples/headshot/models/drawn-reader");
  private static final int EDGE = 64;

  @TempDir Path folder;
  private Torch torch = Torch.start(1);
  private PortraitReader reader = ReaderFolder.in(SHIPPED).load(torch);

  @BeforeEach
  void open() {
    assertThat(ReaderFolder.in(SHIPPED).edge()).isEqualTo(EDGE);
  }

  @AfterEach
  void close() {
    reader.close();
    torch.close();
  }

  @Test
  void itReadsWhatIsWornWhere() {
    var scenes = IntStream.range(0, 200).mapToObj(i -> Scene.of(70_000 + i)).toList();
    var drawn =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> PortraitRenderer.draw(Identity.of(70_000 + i), scenes.get(i), EDGE))
            .toList();

    try (Scope scope = Scope.open()) {
      var all = Ops.concat(0, drawn.stream().map(p -> PictureTensors.of(torch, p)).toList());
      var counts =
          ReadingCounts.of(
              scenes.stream().map(SceneWords::of).toList(),
              reader.read(all).stream().map(PortraitReader.Reading::scene).toList());

      assertThat(counts.garments()).as("%s", counts).isGreaterThanOrEqualTo(196);
      assertThat(counts.colours()).as("%s", counts).isGreaterThanOrEqualTo(196);
      assertThat(counts.places()).as("%s", counts).isGreaterThanOrEqualTo(196);
    }
  }

  @Test
  void itKnowsAPersonAgainAndTellsThemFromOthers() {
    var judge = new PersonJudge(torch, reader, EDGE);
    for (long somebody : new long[] {80_001, 80_002, 80_003}) {
      var photos = drawings(Identity.of(somebody), 0, 12);
      var own = drawings(Identity.of(somebody), 12, 32);
      var others =
          IntStream.range(0, 60)
              .mapToObj(i -> PortraitRenderer.draw(Identity.of(90_000 + i), Scene.of(i), EDGE))
              .toList();

      var counts = judge.judge(new PersonPictures(photos, own));
      var foreign = judge.judge(new PersonPictures(photos, others));

      assertThat(counts.within()).as("%s", counts).isGreaterThanOrEqualTo(19);
      assertThat(counts.ownPhotos()).as("%s", counts).isGreaterThanOrEqualTo(11);
      assertThat(counts.alike().get(Question.STYLE)).as("%s", counts).isGreaterThanOrEqualTo(19);
      assertThat(foreign.within()).as("%s", foreign).isLessThanOrEqualTo(3);
      assertThat(counts).asString().contains("the person of the 12 photos is in", "most photos:");
    }
  }

  @Test
  void picturesOfAStageAreJudgedByTheirPrompts() throws IOException {
    var scene = Scene.of(3);
    var picture = PortraitRenderer.draw(Identity.of(80_001), scene, EDGE);
    Files.write(
        folder.resolve("a.png"),
        PngFile.of(picture, Map.of("prompt", CaptionWriter.prompt("sks person", scene))));

    var counts = new SceneJudge(torch, reader).judge(PromptedPictures.read(folder, EDGE));

    assertThat(counts).hasToString("garment 100.0 %, colour 100.0 %, place 100.0 % of 1 pictures");
  }

  private static List<RgbImage> drawings(Identity person, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> PortraitRenderer.draw(person, Scene.of(i), EDGE))
        .toList();
  }
}
