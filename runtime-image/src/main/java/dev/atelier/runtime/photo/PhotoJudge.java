package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Perception;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Gives each photo of a set one verdict, with the measurements behind it and advice. The same files
 * give the same report, whatever their order.
 */
public final class PhotoJudge {
  private final Examination examination;
  private final SetRules setRules;

  public PhotoJudge(Perception perception, PhotoSettings settings) {
    this(perception, settings, DecodeLimits.defaults());
  }

  public PhotoJudge(Perception perception, PhotoSettings settings, DecodeLimits limits) {
    this.examination =
        new Examination(perception, new PhotoDecoder(limits), new QualityRules(settings));
    this.setRules = new SetRules(settings);
  }

  public PhotoReport judge(List<Path> files) {
    return judge(files, done -> {});
  }

  /**
   * @param progress told after each photo how many are done
   */
  public PhotoReport judge(List<Path> files, IntConsumer progress) {
    var sorted = new ArrayList<>(files);
    sorted.sort(
        Comparator.comparing((Path file) -> String.valueOf(file.getFileName()))
            .thenComparing(Path::toString));
    var examined = new ArrayList<Examined>();
    for (Path file : sorted) {
      examined.add(examination.examine(file));
      progress.accept(examined.size());
    }
    return new PhotoReport(setRules.judge(examined));
  }
}
