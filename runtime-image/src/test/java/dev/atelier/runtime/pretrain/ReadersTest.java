package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.evaluate.ClipReader;
import dev.atelier.runtime.pretrain.PortraitReader.Reading;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is trained on the drawings beside the base model itself. */
class ReadersTest {

  @TempDir Path folder;
  private final Recipe recipe = TinyRun.recipe();
  private Torch torch = Torch.start(1);
  private TinyRun run = new TinyRun(Path.of("."));

  @BeforeEach
  void inAFolder() {
    run = new TinyRun(folder);
  }

  @AfterEach
  void close() {
    torch.close();
  }

  @Test
  void theReaderLearnsWhatTheRendererDrew() throws IOException {
    var context = context();
    var pictures = pictures(context);

    new ReaderPhase(context, pictures, ReaderPhase.STEPS.withSteps(60)).run();

    assertFalls("reader");
    assertThat(run.said())
        .contains("reader, on held-out drawings: garment", "of 2 people known from 1 pictures");
    var numbers = IntStream.range(0, recipe.world().training()).toArray();
    var world = DrawnWorld.of(recipe);
    var drawn = IntStream.of(numbers).mapToObj(i -> SceneWords.of(world.scene(i))).toList();
    try (Scope scope = Scope.open();
        var reader = ReaderFolder.in(folder).load(torch)) {
      var counts =
          ReadingCounts.of(
              drawn,
              reader.read(pictures.pictures(torch, numbers)).stream().map(Reading::scene).toList());
      assertThat(counts.garments()).isGreaterThan(numbers.length / 2);
    }
  }

  @Test
  void theClipBringsPicturesAndCaptionsTogetherAndIsReadAsAnyOther() throws IOException {
    var context = context();

    new ClipPhase(context, pictures(context)).run();

    assertFalls("clip");
    assertThat(run.said()).contains("clip, on held-out drawings: garment");
    var world = DrawnWorld.of(recipe);
    try (var clip = ClipReader.open(torch, folder.resolve("clip"), "drawn")) {
      assertThat(clip.pictures(List.of(world.draw(0))).count()).isEqualTo(1);
      assertThat(clip.texts(List.of(world.caption(0, 0), world.caption(1, 0))).count())
          .isEqualTo(2);
    }
  }

  /** As a run of the whole model leaves it before its first phase. */
  private PretrainContext<Recipe> context() throws IOException {
    var any = run.run(new StopRequest());
    var place = RunFolder.open(folder, recipe, Recipe.class);
    new PipelineLayout(recipe, place.model()).write(Pretraining.words(DrawnWorld.of(recipe)));
    return new PretrainContext<>(
        torch, recipe, place, new RunLog(any.out(), any.clock()), any.stop());
  }

  private PictureFile pictures(PretrainContext<Recipe> context) throws IOException {
    return PictureFile.of(
        DrawnWorld.of(recipe), context.folder().pictures(), context.log(), context.stop());
  }

  private void assertFalls(String phase) {
    var points = run.curve(phase);
    assertThat(points.get(points.size() - 1).loss()).isLessThan(0.7 * points.get(0).loss());
  }
}
