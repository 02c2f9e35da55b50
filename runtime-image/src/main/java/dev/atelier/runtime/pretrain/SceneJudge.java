package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.pretrain.PortraitReader.Reading;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Asks a base model for scenes and has the reader say what it drew. */
final class SceneJudge {

  private static final long FIRST_SEED = 9_000;
  private static final int TOGETHER = 12;

  private final Torch torch;
  private final PortraitReader reader;

  SceneJudge(Torch torch, PortraitReader reader) {
    this.torch = torch;
    this.reader = reader;
  }

  /**
   * Counts over random scenes, each asked for as {@code photo of a person wearing ..}.
   *
   * @param model a diffusers folder
   */
  ReadingCounts judge(Path model, int pictures, int edge) {
    var scenes = IntStream.range(0, pictures).mapToObj(i -> Scene.of(FIRST_SEED + i)).toList();
    try (var painter = new PromptPainter(torch, model, edge)) {
      var drawn = new ArrayList<RgbImage>();
      for (int at = 0; at < pictures; at += TOGETHER) {
        int end = Math.min(pictures, at + TOGETHER);
        drawn.addAll(
            painter.draw(
                scenes.subList(at, end).stream()
                    .map(scene -> CaptionWriter.prompt("person", scene))
                    .toList(),
                LongStream.range(at, end).boxed().toList()));
      }
      return ReadingCounts.of(scenes.stream().map(SceneWords::of).toList(), read(drawn));
    }
  }

  /** Counts over pictures that are there already. */
  ReadingCounts judge(PromptedPictures drawn) {
    return ReadingCounts.of(drawn.scenes(), read(drawn.pictures()));
  }

  private List<SceneWords> read(List<RgbImage> pictures) {
    try (Scope scope = Scope.open()) {
      var all = Ops.concat(0, pictures.stream().map(p -> PictureTensors.of(torch, p)).toList());
      return reader.read(all).stream().map(Reading::scene).toList();
    }
  }
}
