package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Main;
import dev.atelier.runtime.video.ClipPainter;
import dev.atelier.runtime.video.ClipPainter.Packing;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PodVariable;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run by {@code mvn verify -pl crds,runtime-image -Pendurance -Dtest=ShardScalingTest
 * -Dsurefire.failIfNoSpecifiedTests=false}: the films of one folder prepared by 1, 2 and 4 pods,
 * the figures of {@code docs/video-data.md}. Each pod is a process of the runtime's own main on one
 * thread. They run one after another, as pods on machines of their own would: what counts is the
 * pod that takes longest.
 */
@Tag("endurance")
class ShardScalingTest {

  private static final int FILMS = Integer.getInteger("atelier.films", 96);
  private static final Path MODEL = Path.of("../samples/video/models/tiny-video");
  private static final int EDGE = 32;

  @TempDir private Path root;

  @Test
  void morePodsPrepareTheSameFilmsSooner() throws Exception {
    var films = Files.createDirectories(root.resolve("films"));
    for (int i = 0; i < FILMS; i++) {
      var film = new ClipPainter(640, 360).ball(25, i);
      film.write(films.resolve("a_ball_on_wall_number_%02d.mp4".formatted(i)), Packing.H264_MP4);
    }
    var alone = prepare(1, films);
    report(alone, alone);
    for (int shards : new int[] {2, 4}) {
      var shared = prepare(shards, films);
      report(shared, alone);
      assertThat(shared.clips()).as("%d pods", shards).isEqualTo(alone.clips());
    }
  }

  /**
   * A preparation.
   *
   * @param pods how long each took
   * @param clips every clip with its verdict and what was measured
   */
  private record Prepared(List<Duration> pods, String clips) {

    double longest() {
      return pods.stream().mapToLong(Duration::toMillis).max().orElseThrow() / 1e3;
    }

    double all() {
      return pods.stream().mapToLong(Duration::toMillis).sum() / 1e3;
    }
  }

  private static void report(Prepared prepared, Prepared alone) {
    System.out.printf(
        "SHARDS %d: longest pod %.1f s, all %.1f s, %.2f times as fast as one%n",
        prepared.pods().size(),
        prepared.longest(),
        prepared.all(),
        alone.longest() / prepared.longest());
  }

  private Prepared prepare(int shards, Path films) throws Exception {
    var bench = new Bench(root.resolve("by-" + shards));
    Files.createDirectories(bench.root().resolve("models"));
    Files.createSymbolicLink(bench.root().resolve("videos"), films);
    bench.copy(MODEL, "models/wan");
    bench.write("etc/atelier/stage.yaml", StageJson.write(bench.file(input(shards))));
    var pods = new ArrayList<Duration>();
    for (int shard = 0; shard < shards; shard++) {
      var begun = Instant.now();
      run(bench.root(), shard);
      pods.add(Duration.between(begun, Instant.now()));
    }
    var clips = bench.manifest("preparevideo").file("clips.json").orElseThrow();
    return new Prepared(pods, Files.readString(bench.stored(clips)));
  }

  private static PrepareVideoInput input(int shards) {
    return new PrepareVideoInput(
        new ModelInput("Wan", StoreLocation.directory("/models/wan"), null, "Apache-2.0", "wan"),
        Films.VIDEOS,
        null,
        new PrepareVideoInput.Clip(25, 24, EDGE, EDGE),
        new PrepareVideoInput.Filter(20, 0.2, true, true, true),
        new PrepareVideoInput.Captions("FileName", null),
        List.of(new LatentShape("all", EDGE, EDGE, 9)),
        shards,
        Bench.DRAWINGS);
  }

  private static void run(Path root, int shard) throws IOException, InterruptedException {
    var log = root.resolve("log-%d.txt".formatted(shard));
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:ActiveProcessorCount=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    var environment = builder.environment();
    environment.put("ATELIER_ROOT", root.toString());
    environment.put("ATELIER_PORT", "0");
    environment.put(PodVariable.COMPLETION_INDEX.variable(), Integer.toString(shard));
    environment.put("OMP_NUM_THREADS", "1");
    var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
