package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptedPicturesTest {

  private static final Scene SCENE =
      Scene.of(4, Garment.HOODIE, GarmentColour.RED, Place.NIGHT_CITY);

  @TempDir Path folder;

  @Test
  void aPictureOfAStageIsHeldAgainstItsOwnPrompt() throws IOException {
    var picture = PortraitRenderer.draw(Identity.of(1), SCENE, 64);
    var prompt = CaptionWriter.prompt("sks person", SCENE);
    Files.write(
        folder.resolve("a.png"), PngFile.of(picture, Map.of("seed", "7", "prompt", prompt)));
    Files.write(folder.resolve("b.png"), PngFile.of(picture));

    var read = PromptedPictures.read(folder, 64);

    assertThat(read.scenes()).containsExactly(SceneWords.of(SCENE));
    assertThat(read.pictures()).hasSize(1);
  }

  @Test
  void theColourOfTheHairIsNotThatOfTheClothes() {
    var prompt =
        "portrait of a person with long red hair wearing a green sweater in a forest, smiling";

    assertThat(PromptedPictures.scene(prompt))
        .contains(new SceneWords(Garment.SWEATER, GarmentColour.GREEN, Place.FOREST));
    assertThat(PromptedPictures.scene("photo of a person wearing a red hat")).isEmpty();
  }

  @Test
  void whatIsNeitherModelNorPicturesIsRefused() {
    assertThatThrownBy(() -> PromptedPictures.read(folder, 64))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("name a model or the pictures of a stage");
  }

  @Test
  void countsSayEachShareByItself() {
    var other = new SceneWords(Garment.SUIT, GarmentColour.RED, Place.NIGHT_CITY);
    var right = SceneWords.of(SCENE);

    var counts = ReadingCounts.of(List.of(right, right), List.of(right, other));

    assertThat(counts).hasToString("garment 50.0 %, colour 100.0 %, place 100.0 % of 2 pictures");
  }
}
