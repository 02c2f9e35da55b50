package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.perception.Perception;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every photo of the test set gets the verdict that a person would give it. */
class PhotoCasesTest {
  private static final Perception PERCEPTION = SamplePhotos.forPhotographs();

  @TempDir Path folder;

  static List<PhotoCase> cases() {
    return new PhotoCases(PERCEPTION.detector()).all();
  }

  @AfterAll
  static void unload() {
    PERCEPTION.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void getsItsVerdict(PhotoCase photoCase) throws IOException {
    var photo = photoCase.in(folder);
    var files = new ArrayList<>(List.of(photo));
    photoCase.beside().forEach(name -> files.add(SamplePhotos.resource("photos/" + name)));

    var judged =
        judge(photoCase.judge()).judge(files).photos().stream()
            .filter(p -> p.file().equals(photo))
            .findFirst()
            .orElseThrow();

    assertThat(judged.verdict())
        .as("%s; %s", judged.advice(), judged.measurements())
        .isEqualTo(photoCase.expected());
    assertThat(judged.advice().isEmpty()).isEqualTo(judged.accepted());
  }

  @Test
  void thereAreSixtyCasesAndMoreOverAllVerdicts() {
    var cases = cases();

    assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
    assertThat(cases.stream().map(PhotoCase::expected).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Verdict.class));
    assertThat(cases).extracting(PhotoCase::toString).doesNotHaveDuplicates();
  }

  private static PhotoJudge judge(PhotoCase.Judge judge) {
    return switch (judge) {
      case DEFAULTS -> new PhotoJudge(PERCEPTION, PhotoSettings.defaults());
      case SMALL_FACES -> new PhotoJudge(PERCEPTION, new PhotoSettings(100, 60, 60, 0.6, 0.8));
      case STRICT_POSE -> new PhotoJudge(PERCEPTION, new PhotoSettings(128, 60, 15, 0.6, 0.8));
      case NUDE ->
          new PhotoJudge(
              new Perception(PERCEPTION.detector(), PERCEPTION.embedder(), new Everything()),
              PhotoSettings.defaults());
    };
  }

  /** Finds nudity everywhere. */
  private record Everything() implements NudityScore {
    @Override
    public double score(RgbImage picture) {
      return 0.97;
    }

    @Override
    public String protocol() {
      return "everything";
    }
  }
}
