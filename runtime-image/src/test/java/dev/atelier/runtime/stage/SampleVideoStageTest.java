package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.video.Mp4Probe;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GenerationJobs on a tiny Wan model, from the stage file to the last words. */
class SampleVideoStageTest {

  private static final List<Prompt> CAT = ClipBench.PROMPTS.subList(0, 1);

  @TempDir private Path root;
  private ClipBench clips;

  @BeforeEach
  void aTinyWanModel() {
    clips = new ClipBench(root);
  }

  @Test
  void aBaseModelDrawsClipsMeasuresAndPublishes() throws IOException {
    var ended = clips.bench.run(clips.sample(1));

    assertThat(ended.words().message()).isEqualTo("4 of 4 clips drawn");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.words().samples()).isEqualTo(new TerminationMessage.Samples(4, 4, 0, 0));
    assertThat(ended.words().artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("gallery", "report");
    assertThat(ended.words().evaluation().metrics())
        .anyMatch(value -> value.name().equals("Flicker") && value.value().matches("[0-9.]+"))
        .contains(new NamedValue("TemporalConsistency", "NotMeasured"));
    var manifest = clips.bench.manifest("sample/shard-0");
    assertThat(manifest.filesBelow("clips/"))
        .extracting(Manifest.StoredFile::name)
        .contains("clips/cat-00.mp4", "clips/cat-00.webp", "clips/cat-00.png", "clips/rain-01.mp4")
        .hasSize(12);
    assertThat(manifest.provenance())
        .containsEntry("sampler", "UniPCMultistep, 2 steps, guidance scale 5.0, 64x48")
        .containsEntry(
            "clip",
            "5 frames at 24 per second, made in 64x32, 21.3 columns cut off, resampled to 64x48")
        .containsEntry("baseModelLicense", "Apache-2.0");
  }

  @Test
  void aFileIsWhatWasAskedForByItsOwnBoxesAndByAnotherFfmpeg() throws Exception {
    clips.bench.run(clips.sample(1));
    var file = clip("cat-00.mp4");

    var probed = Mp4Probe.of(file);

    assertThat(probed.order()).containsSubsequence("ftyp", "moov", "mdat", "uuid");
    assertThat(probed.codec()).isEqualTo("avc1");
    assertThat(probed.width()).isEqualTo(64);
    assertThat(probed.height()).isEqualTo(48);
    assertThat(probed.samples()).isEqualTo(5);
    assertThat(probed.shown()).hasSize(5).allSatisfy(each -> near(each, 1 / 24.0));
    near(probed.duration(), 5 / 24.0);
    assertThat(probed.keyFrames()).contains(1);
    assertThat(probed.chroma()).as("4:2:0").isEqualTo(1);
    assumeTrue(Ffprobe.installed(), "SKIPPED: no ffprobe here, boxes were read by hand alone");
    assertThat(Ffprobe.of(file))
        .containsEntry("codec_name", "h264")
        .containsEntry("pix_fmt", "yuv420p")
        .containsEntry("width", "64")
        .containsEntry("height", "48")
        .containsEntry("avg_frame_rate", "24/1")
        .containsEntry("nb_read_frames", "5");
  }

  @Test
  void everyFileSaysWhereItComesFrom() throws IOException {
    clips.bench.run(clips.sample(1));

    assertThat(Files.readString(clip("rain-01.mp4"), StandardCharsets.ISO_8859_1))
        .contains("rain falls on a street")
        .contains("Negative prompt: blurry")
        .contains("Seed: 8, Frames: 5 at 24 per second, Size: made in 64x32")
        .contains("baseModelSha256: ")
        .contains("trainedAlgorithmicMedia");
    assertThat(Files.readString(clip("rain-01.png"), StandardCharsets.ISO_8859_1))
        .contains("trainedAlgorithmicMedia");
  }

  @Test
  void shardsShareTheClipsAndPublishEachTheirOwn() {
    var job = clips.sample(2);

    var first = clips.bench.run(clips.bench.file(job), 0);
    var second = clips.bench.run(clips.bench.file(job), 1);

    assertThat(first.words().samples().requested()).isEqualTo(2);
    assertThat(second.words().artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("gallery-1", "report-1");
    assertThat(names("sample/shard-0")).contains("clips/cat-00.mp4", "clips/rain-00.mp4");
    assertThat(names("sample/shard-1")).contains("clips/cat-01.mp4", "clips/rain-01.mp4");
  }

  @Test
  void aPodThatDiedInTheMiddleIsReplacedByOneThatEndsWithTheSameFiles() throws IOException {
    clips.bench.run(clips.sample(1));
    var whole = digests();
    var shelf = root.resolve("artifacts/" + Bench.PREFIX + "/sample/shard-0");
    Files.delete(shelf.resolve("manifest.json"));
    Files.delete(shelf.resolve("clips/cat-01.json"));
    Files.writeString(shelf.resolve("clips/rain-00.mp4"), "half a cl");
    var kept = Files.getLastModifiedTime(shelf.resolve("clips/rain-01.mp4"));

    clips.bench.attempt(2).run(clips.sample(1));

    assertThat(digests()).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(shelf.resolve("clips/rain-01.mp4"))).isEqualTo(kept);
  }

  @Test
  void blockedClipsAreCountedAndNeverWritten() throws IOException {
    var plain = clips.sample(1);
    var strict =
        new SampleVideoInput(
            plain.model(),
            null,
            plain.prompts(),
            1,
            plain.sampler(),
            plain.clip(),
            1,
            List.of(),
            List.of(),
            Bench.withNudityFrom(0));

    var ended = clips.bench.run(strict);

    assertThat(ended.words().message()).isEqualTo("0 of 2 clips drawn, 2 blocked");
    assertThat(names("sample/shard-0")).noneMatch(name -> name.startsWith("clips/"));
    assertThat(Files.readString(artifact(ended, "gallery")))
        .contains("blocked by the output check, not written");
  }

  @Test
  void clipsBelowTheGateAreShownButTheJobFails() {
    var gate = List.of(new GateInput("Flicker", null, 0.0001));

    var ended =
        clips.bench.run(clips.sample(null, CAT, ClipBench.SAMPLER, ClipBench.CLIP, 1, gate));

    assertThat(ended.words().reason()).isEqualTo("GateFailed");
    assertThat(ended.words().message()).contains("another GenerationJob");
    assertThat(ended.words().message()).startsWith("2 of 2 clips drawn; Flicker is ");
    assertThat(ended.words().artifacts()).isNotEmpty();
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/sample/shard-0/manifest.json"))
        .doesNotExist();
  }

  @Test
  void aClipBeginsWithTheGivenPicture() throws IOException {
    clips.bench.write("frames/note.txt", "not a picture");
    Files.write(root.resolve("frames/cat.png"), ClipBench.orange(100, 100));
    var clip = new ClipInput(5, 24, StoreLocation.directory("/frames"), 1, null);

    var ended = clips.bench.run(clips.sample(CAT, ClipBench.SAMPLER, clip, 1));
    assertThat(ended.words().message()).isEqualTo("2 of 2 clips drawn");
    var begun = digest("clips/cat-00.mp4");
    clips.bench.run(clips.sample(CAT, ClipBench.SAMPLER, ClipBench.CLIP, 1));

    assertThat(digest("clips/cat-00.mp4")).as("from noise alone").isNotEqualTo(begun);
  }

  @Test
  void aNetworkEnlargesToTheSizeAskedFor() throws IOException {
    clips.bench.copy(Fixtures.folder("models/rrdbnet_x2"), "models/upscaler");
    var clip = new ClipInput(5, 24, null, 2, StoreLocation.directory("/models/upscaler"));

    var ended = clips.bench.run(clips.sample(CAT, ClipBench.SAMPLER, clip, 1));

    assertThat(ended.words().message()).isEqualTo("2 of 2 clips drawn");
    assertThat(Mp4Probe.of(clip("cat-00.mp4")).width()).isEqualTo(128);
    assertThat(Mp4Probe.of(clip("cat-00.mp4")).height()).isEqualTo(96);
    assertThat(clips.bench.manifest("sample/shard-0").provenance().get("clip"))
        .contains("enlarged x2 by a network, 21.3 columns cut off, resampled to 128x96");
  }

  @Test
  void theReportTellsOfEveryClip() throws IOException {
    var ended = clips.bench.run(clips.sample(1));

    var report = Files.readString(artifact(ended, "report"));

    assertThat(report)
        .contains("\"schema\" : \"atelier.dev/clip-report/v1\"")
        .contains("\"nudity\"")
        .contains("\"repeatedFrames\"");
  }

  private Path clip(String name) {
    return root.resolve("artifacts/" + Bench.PREFIX + "/sample/shard-0/clips/" + name);
  }

  private Path artifact(Bench.Ended ended, String name) {
    return ended.words().artifacts().stream()
        .filter(one -> one.name().equals(name))
        .map(clips.bench::stored)
        .findFirst()
        .orElseThrow();
  }

  private List<String> names(String slot) {
    return clips.bench.manifest(slot).files().stream().map(Manifest.StoredFile::name).toList();
  }

  private Map<String, String> digests() {
    return clips.bench.manifest("sample/shard-0").filesBelow("clips/").stream()
        .collect(Collectors.toMap(Manifest.StoredFile::name, Manifest.StoredFile::sha256));
  }

  private String digest(String name) {
    return digests().get(name);
  }

  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, Offset.offset(1e-4));
  }
}
