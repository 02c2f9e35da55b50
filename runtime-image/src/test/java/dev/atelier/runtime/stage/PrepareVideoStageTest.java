package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.caption.CaptionStandIn;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipVerdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.video.VideoReader;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareVideoStageTest {

  private static final String SLOT = "preparevideo";

  @TempDir private Path root;
  private Bench bench;

  @BeforeEach
  void films() throws IOException {
    bench = new Bench(root);
    Films.paint(root);
  }

  @Test
  void filmsBecomeClipsOfOneLengthWithCaptionsAndTheRestHasVerdicts() throws IOException {
    var ended = bench.run(Films.files(1));

    assertThat(ended.exitCode()).as(ended.words().message()).isZero();
    assertThat(ended.words().reason()).isEqualTo("ClipsAccepted");
    assertThat(ended.words().message())
        .isEqualTo("7 of 10 clips usable: 7 Accepted, 1 Unreadable, 1 Static, 1 NearDuplicate");
    assertThat(ended.words().dataset().rejected())
        .extracting(TerminationMessage.Rejected::name, TerminationMessage.Rejected::reason)
        .containsExactly(
            tuple("broken_film_file-000", "Unreadable"),
            tuple("nothing_moves_here-000", "Static"),
            tuple("same_ball_again-000", "NearDuplicate"));
    var manifest = bench.manifest(SLOT);
    assertThat(manifest.filesBelow("clips/")).hasSize(14);
    try (var clip = VideoReader.open(stored(manifest, "clips/two_balls_roll-001.mkv"))) {
      var traits = clip.traits();
      assertThat(List.of(traits.width(), traits.height())).containsExactly(128, 64);
      int frames = 0;
      while (clip.next().isPresent()) {
        frames++;
      }
      assertThat(frames).isEqualTo(25);
    }
    assertThat(stored(manifest, "clips/two_balls_roll-001.txt")).hasContent("two balls roll");
    assertThat(ended.words().artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("report", "clips");
    assertThat(manifest.provenance()).containsEntry("captions", "FileName");
  }

  @Test
  void theReportShowsHistogramAndPictures() throws IOException {
    bench.run(Films.files(1));

    var page = Files.readString(stored(bench.manifest(SLOT), "report.html"));

    assertThat(page)
        .contains("7 of 10 clips can be learned from")
        .contains("Near duplicate")
        .contains("data:image/")
        .contains("nearly the same as ball_on_a_wall-000")
        .contains("not readable")
        .doesNotContain("http:")
        .doesNotContain("https:");
  }

  @Test
  void severalPodsShareTheFilesAndTheLastPutsThemTogether() throws IOException {
    var alone = clips(bench.run(Films.files(1)), "clips.json");
    var input = Films.files(3);

    var first = bench.run(bench.file(input), 2);
    var second = bench.run(bench.file(input), 0);
    var last = bench.run(bench.file(input), 1);

    assertThat(first.words().message()).contains("share 3 of 3");
    assertThat(second.words().artifacts()).isEmpty();
    assertThat(last.words().dataset().photos()).isEqualTo(10);
    assertThat(last.words().manifest()).endsWith("/preparevideo/manifest.json");
    assertThat(clips(last, "clips.json")).isEqualTo(alone);
  }

  @Test
  void aPodThatIsRestartedAfterAllIsDoneSaysTheSameAgain() throws IOException {
    var input = Films.files(2);
    bench.run(bench.file(input), 0);
    var last = bench.run(bench.file(input), 1);

    var again = bench.run(bench.file(input), 0);

    assertThat(again.words()).isEqualTo(last.words());
  }

  @Test
  void aPodThatIsKilledAnywhereGoesOnToAnEqualResult() throws IOException {
    var input = Films.latents(1);
    var expected = digests(run(input, bench.store()));
    var puts = LimitedStore.killing(bench.store(), Integer.MAX_VALUE);

    for (int survives : List.of(8, 11, 21)) {
      bench.store().delete(Bench.PREFIX);
      puts.failAfter(survives);
      int kills = 0;
      while (true) {
        try {
          assertThat(digests(run(input, puts))).isEqualTo(expected);
          break;
        } catch (LimitedStore.Killed e) {
          assertThat(++kills).as("every pod gets further").isLessThan(20);
          puts.failAfter(survives);
        }
      }
      assertThat(kills).isPositive();
    }
  }

  @Test
  void aStopRequestEndsBetweenFilesAndTheNextPodGoesOn() throws IOException {
    var input = Films.latents(1);
    var expected = digests(run(input, bench.store()));
    bench.store().delete(Bench.PREFIX);
    bench.stop().stop("SIGTERM");
    assertThatThrownBy(() -> run(input, bench.store()))
        .isInstanceOf(StageFailure.Checkpointed.class);

    var fresh = new Bench(root);
    assertThat(digests(run(fresh, input, fresh.store()))).isEqualTo(expected);
  }

  @Test
  void captionsOfAnEndpointAreAskedOnceAndChecked() throws IOException {
    try (var server = new CaptionStandIn()) {
      var ended = bench.run(Films.captioned(server.url()));

      assertThat(ended.words().message()).startsWith("7 of 10 clips usable");
      assertThat(server.asked).hasSize(7);
      assertThat(stored(bench.manifest(SLOT), "clips/ball_on_a_wall-000.txt"))
          .hasContent("A ball rolls along a wall in front of the camera.");

      bench.store().delete(Bench.PREFIX + "/" + SLOT + "/shard-0");
      bench.run(Films.captioned(server.url()));
      assertThat(server.asked).as("answers outlive the work").hasSize(7);
    }
  }

  @Test
  void captionsThatAreNotEnglishAreNotLearned() throws IOException {
    try (var server = new CaptionStandIn()) {
      server.saying("Ein roter Ball rollt über die Wand und der Himmel ist blau.");

      var ended = bench.run(Films.captioned(server.url()));

      assertThat(ended.exitCode()).isEqualTo(42);
      assertThat(ended.words().reason()).isEqualTo("NotEnoughUsableClips");
      assertThat(ended.words().message())
          .contains("none of 10 clips is usable")
          .contains("7 NotEnglish")
          .contains("report.html");
    }
  }

  @Test
  void withoutAnyFileItSaysWhereItLooked() throws IOException {
    var empty = new Bench(Files.createDirectories(root.resolve("empty")));

    var ended = empty.run(Films.files(1));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().reason()).isEqualTo("NotEnoughUsableClips");
    assertThat(ended.words().message()).contains("there are no videos at file:///videos");
  }

  @Test
  void latentsAreRefusedPlainlyByAnImageWithoutTheAutoencoder() throws IOException {
    Files.createDirectories(root.resolve("models/wan/vae"));
    Files.writeString(
        root.resolve("models/wan/vae/config.json"), "{\"_class_name\":\"AutoencoderOfTomorrow\"}");

    var ended = bench.run(Films.latents(1));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().reason()).isEqualTo("NotSupported");
    assertThat(ended.words().message()).contains("AutoencoderOfTomorrow");
  }

  @Test
  void sizesThatTheAutoencoderCannotTakeAreRefusedWithOnesThatItCan() {
    var odd =
        Films.input(
            1,
            List.of(new PrepareVideoInput.LatentShape("low", 60, 34, 9)),
            new PrepareVideoInput.Captions("FileName", null));
    assertThatThrownBy(() -> run(odd, bench.store()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("multiples of 8, such as 56x32");
    var long4 =
        Films.input(
            1,
            List.of(new PrepareVideoInput.LatentShape("low", 64, 32, 8)),
            new PrepareVideoInput.Captions("FileName", null));
    assertThatThrownBy(() -> run(long4, bench.store()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("4k + 1");
  }

  private TerminationMessage run(PrepareVideoInput input, ArtifactStore store) throws IOException {
    return run(bench, input, store);
  }

  /** With encoders that need no weights. */
  static TerminationMessage run(Bench bench, PrepareVideoInput input, ArtifactStore store)
      throws IOException {
    var context = bench.context(input, store, 0);
    Files.createDirectories(context.scratch());
    var stage =
        new PrepareVideoStage(
            context,
            input,
            (model, torch, shapes) ->
                new VideoEncoders.Opened(
                    new PatchLatents("a".repeat(64)),
                    new PatchLatents.Letters(torch, "b".repeat(64))));
    return stage.conclude(stage.run());
  }

  /** Of every file that the whole set published. */
  private Map<String, String> digests(TerminationMessage words) {
    assertThat(words.manifest()).endsWith(SLOT + "/manifest.json");
    var digests = new HashMap<String, String>();
    for (var file : bench.manifest(SLOT).files()) {
      digests.put(file.name(), file.sha256());
    }
    return digests;
  }

  private List<ClipRecord> clips(Bench.Ended ended, String name) throws IOException {
    assertThat(ended.exitCode()).as(ended.words().message()).isZero();
    var file = stored(bench.manifest(SLOT), name);
    var clips = StageJson.json().readValue(file.toFile(), new TypeReference<List<ClipRecord>>() {});
    assertThat(clips).extracting(ClipRecord::verdict).contains(ClipVerdict.Accepted);
    return clips;
  }

  private Path stored(Manifest manifest, String name) {
    var file = manifest.file(name);
    assertThat(file).as(name).isPresent();
    return bench.stored(file.get());
  }
}
