package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Why a gate has no default bound for ImageSimilarity, with the figures of docs/evaluation.md: what
 * is reached depends on how a person's photos are taken more than on who is in the picture.
 */
@Tag("endurance")
class ImageSimilarityFiguresTest {

  private static final int PEOPLE = 40;
  private static final int PHOTOS = 13;

  @Test
  void noNumberTellsDrawnPeopleApart() {
    var photos = people().mapToObj(person -> photos(person, 0)).toList();
    var more = people().mapToObj(person -> photos(person, 1)).toList();
    var among =
        people()
            .mapToDouble(i -> Similarities.amongEachOther(photos.get(i)).orElseThrow())
            .sorted()
            .toArray();
    var others =
        people()
            .mapToDouble(i -> between(more.get((i + 1) % PEOPLE), photos.get(i)))
            .sorted()
            .toArray();

    System.out.println(figures("photos of a person among each other", among));
    System.out.println(figures("photos of somebody else to them", others));
    assertThat(others[PEOPLE - 1])
        .as("a bound that keeps everybody else out refuses some people's own photos")
        .isGreaterThan(among[0]);
  }

  @Test
  void twoPhotographsOfAManAreLessAlikeThanTwoOfDifferentMen() throws IOException {
    double same = Ssim.of(photograph("obama.jpg"), photograph("obama2.jpg"));
    double other = Ssim.of(photograph("obama.jpg"), photograph("biden.jpg"));

    System.out.printf("photographs: the same man %.3f, another %.3f%n", same, other);
    assertThat(same).isLessThan(other);
  }

  private static IntStream people() {
    return IntStream.range(0, PEOPLE);
  }

  private static List<RgbImage> photos(int person, int set) {
    var who = Identity.of(1000 + person);
    return IntStream.range(0, PHOTOS)
        .mapToObj(
            i -> PortraitRenderer.draw(who, Scene.of(1_000_000L * set + 100 * person + i), 64))
        .map(Thumbnail::of)
        .toList();
  }

  private static RgbImage photograph(String name) throws IOException {
    var file = SamplePhotos.resource("photos/" + name).toFile();
    return Thumbnail.of(RgbImage.of(ImageIO.read(file)));
  }

  private static double between(List<RgbImage> some, List<RgbImage> others) {
    return some.stream()
        .flatMapToDouble(one -> others.stream().mapToDouble(other -> Ssim.of(one, other)))
        .average()
        .orElseThrow();
  }

  private static String figures(String what, double[] sorted) {
    return "%s: %.3f to %.3f, median %.3f"
        .formatted(what, sorted[0], sorted[PEOPLE - 1], sorted[PEOPLE / 2]);
  }
}
