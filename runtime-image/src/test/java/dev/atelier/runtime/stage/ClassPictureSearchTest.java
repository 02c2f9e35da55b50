package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A picture of the class is drawn until it is good, and never kept if it is not. */
class ClassPictureSearchTest {

  private static final List<Integer> FOUR = List.of(10, 11, 12, 13);

  private final List<String> drawn = new ArrayList<>();

  @Test
  void whatIsGoodAtOnceIsDrawnOnce() {
    var found = find(Set.of());

    assertThat(found.pictures())
        .containsExactlyInAnyOrderEntriesOf(Map.of(10, "10/0", 11, "11/0", 12, "12/0", 13, "13/0"));
    assertThat(drawn).containsExactly("[10, 11, 12, 13]/0");
    assertThat(found.count()).isEqualTo(new ClassPictureCount(4, 4, Map.of(), Map.of()));
  }

  @Test
  void whatIsRefusedIsDrawnAgainAloneAndTheOthersStay() {
    var found = find(Set.of("11/0", "13/0", "13/1"));

    assertThat(found.pictures())
        .containsExactlyInAnyOrderEntriesOf(Map.of(10, "10/0", 11, "11/1", 12, "12/0", 13, "13/2"));
    assertThat(drawn).containsExactly("[10, 11, 12, 13]/0", "[11, 13]/1", "[13]/2");
    assertThat(found.count())
        .isEqualTo(new ClassPictureCount(4, 4, Map.of(Verdict.NoFace, 3), Map.of()));
  }

  @Test
  void whatIsNeverGoodIsLeftOutAfterEightSeeds() {
    var never = IntStream.range(0, 100).mapToObj(n -> "12/" + n).collect(Collectors.toSet());

    var found = find(never);

    assertThat(found.pictures()).containsOnlyKeys(10, 11, 13);
    assertThat(drawn).hasSize(8).endsWith("[12]/7");
    assertThat(found.count())
        .isEqualTo(
            new ClassPictureCount(4, 3, Map.of(Verdict.NoFace, 8), Map.of(Verdict.NoFace, 1)));
  }

  @Test
  void whereNothingIsGoodNothingIsKept() {
    var found =
        new ClassPictureSearch(picture -> Optional.of(Verdict.Unsafe)).find(FOUR, this::draw);

    assertThat(found.pictures()).isEmpty();
    assertThat(found.count())
        .isEqualTo(
            new ClassPictureCount(4, 0, Map.of(Verdict.Unsafe, 32), Map.of(Verdict.Unsafe, 4)));
  }

  @Test
  void aSetIsHopelessWhereHalfOfItIsMissingOrTheFirstEightAre() {
    assertThat(count(50, 25).isHopeless(50)).isFalse();
    assertThat(count(50, 24).isHopeless(50)).isTrue();
    assertThat(count(7, 0).isHopeless(100)).isFalse();
    assertThat(count(8, 0).isHopeless(100)).isTrue();
    assertThat(count(16, 1).isHopeless(100)).isFalse();
    assertThat(count(1, 0).isHopeless(1)).isTrue();
  }

  @Test
  void howTheSearchWentIsToldWithTheMostFrequentReasonFirst() {
    var some = new ClassPictureCount(16, 16, Map.of(Verdict.TooDark, 1), Map.of());
    var others =
        new ClassPictureCount(
            4, 2, Map.of(Verdict.TooDark, 8, Verdict.NoFace, 10), Map.of(Verdict.NoFace, 2));

    assertThat(some.shortfall()).isEmpty();
    assertThat(some.plus(others).told())
        .isEqualTo("18 of 20, drawn 37 times; refused: NoFace 10, TooDark 9; left out: NoFace 2");
    assertThat(some.plus(others).shortfall())
        .contains(
            "2 of 20 class pictures are left out, as none of 8 seeds drew a good one (NoFace 2)");
  }

  private static ClassPictureCount count(int asked, int found) {
    return new ClassPictureCount(asked, found, Map.of(), Map.of());
  }

  /** Refuses drawings by name: the picture's number and the attempt. */
  private ClassPictureSearch.Found<String> find(Set<String> bad) {
    return new ClassPictureSearch(
            picture ->
                bad.contains((int) picture.at(0, 0, 0) + "/" + (int) picture.at(0, 0, 1))
                    ? Optional.of(Verdict.NoFace)
                    : Optional.empty())
        .find(FOUR, this::draw);
  }

  private List<ClassPictureSearch.Drawn<String>> draw(List<Integer> pictures, int attempt) {
    drawn.add(pictures + "/" + attempt);
    return pictures.stream()
        .map(
            n ->
                new ClassPictureSearch.Drawn<>(
                    n + "/" + attempt, new RgbImage(1, 1, new float[] {n, attempt, 0})))
        .toList();
  }
}
