package dev.atelier.runtime.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.stage.PromptInput.Prompt;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PicturePlanTest {

  private static final PicturePlan PLAN =
      new PicturePlan(
          List.of(
              new Prompt("Navy suit", "photo of a {subject} wearing a navy suit", "blurry"),
              new Prompt("beach", "photo of a {subject} at the beach", "")),
          "sks woman",
          3,
          7);

  @Test
  void everyPictureHasANameAFilledPromptAndASeedOfItsOwn() {
    var all = PLAN.all();

    assertThat(all).hasSize(6);
    assertThat(all.get(1))
        .isEqualTo(
            new PlannedPicture(
                "navy-suit", 1, "photo of a sks woman wearing a navy suit", "blurry", 8));
    assertThat(all.stream().map(PlannedPicture::name)).doesNotHaveDuplicates();
    assertThat(all.get(3).seed()).isEqualTo(7);
  }

  @Test
  void shardsShareThePicturesAndDrawTheVerySameOnes() {
    Stream<PlannedPicture> together =
        IntStream.range(0, 4).mapToObj(index -> PLAN.shard(index, 4)).flatMap(List::stream);

    assertThat(together).containsExactlyInAnyOrderElementsOf(PLAN.all());
    assertThat(PLAN.shard(1, 4)).hasSize(2);
    assertThat(PLAN.shard(3, 4)).hasSize(1);
  }

  @Test
  void theBaseModelDrawsTheSamePicturesOfItsClass() {
    var base = PLAN.of("woman").all();

    assertThat(base.get(4).text()).isEqualTo("photo of a woman at the beach");
    assertThat(base.get(4).seed()).isEqualTo(PLAN.all().get(4).seed());
  }
}
