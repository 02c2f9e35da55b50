package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipJudge;
import dev.atelier.runtime.evaluate.ClipReading;
import dev.atelier.runtime.evaluate.RealClips;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.video.FrameFit;
import dev.atelier.runtime.video.VideoWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Real clips as drawn ones are compared with them: as many or more, in their size and length,
 * written by the same codec and read from the file. Those that training did not see come first.
 */
final class ComparedClips {

  /** Real clips at least, where the set has as many. */
  static final int LEAST = 16;

  private final StageContext context;
  private final ClipStudio studio;
  private final ClipJudge judge;

  ComparedClips(StageContext context, ClipStudio studio) {
    this.context = context;
    this.studio = studio;
    this.judge = studio.judges().comparing();
  }

  /**
   * Reads some of a set.
   *
   * @param drawn how many there are to compare
   */
  RealClips read(Footage footage, int drawn) throws IOException {
    var heldOut = footage.heldOut();
    var chosen =
        Stream.concat(shuffled(heldOut), shuffled(footage.others()))
            .limit(Math.max(drawn, LEAST))
            .toList();
    if (chosen.isEmpty()) {
      return RealClips.none(
          "the prepared set has no clips to compare with; add some to dataset.videos");
    }
    var readings = new ArrayList<ClipReading>();
    context.progress().begin("reading real clips", chosen.size(), 0);
    for (var clip : chosen) {
      context.stop().check();
      readings.add(reading(footage, clip));
      context.progress().step(readings.size(), List.of());
    }
    int unseen = Math.min(heldOut.size(), chosen.size());
    return new RealClips(
        readings,
        unseen == 0
            ? footage.told()
            : "%s, %d of them not seen by training".formatted(footage.told(), unseen));
  }

  private ClipReading reading(Footage footage, String clip) throws IOException {
    var wanted = studio.request().clip();
    var file = Files.createDirectories(context.scratch()).resolve("real.mp4");
    int width = studio.request().width();
    int height = studio.request().height();
    try (var writer = VideoWriter.open(file, width, height, wanted.framesPerSecond(), Map.of())) {
      footage.play(
          clip,
          wanted.frames(),
          frame ->
              writer.write(
                  new FrameFit(frame.width(), frame.height(), 1, width, height).fit(frame)));
      writer.finish();
    }
    var reading = judge.read(file, "");
    Files.delete(file);
    return reading;
  }

  /** The same order each time for a seed. */
  private Stream<String> shuffled(List<String> clips) {
    long seed = studio.request().sampler().seed();
    return clips.stream()
        .sorted(
            Comparator.comparing(
                clip -> Digests.of((seed + "/" + clip).getBytes(StandardCharsets.UTF_8))));
  }
}
