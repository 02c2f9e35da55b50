package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Gives each photo of a set one verdict, with the measurements behind it and advice. The same files
 * give the same report, whatever their order.
 */
public final class PhotoJudge {
  private static final int MAX_WORKERS = 4;

  /** What one decoded photo of 50 megapixels takes, with what is computed from it. */
  private static final long BYTES_PER_PHOTO = 250_000_000;

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

  /**
   * Threads that each model of a {@link Perception} needs, so that photos that are judged at the
   * same time share the processors and do not fight for them.
   */
  public static int threadsPerPhoto() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / workers());
  }

  /** One photo per processor at a time: decoding, most of the work, uses one only. */
  private static int workers() {
    var machine = Runtime.getRuntime();
    long room = Math.max(1, machine.maxMemory() / BYTES_PER_PHOTO);
    return (int) Math.min(room, Math.min(MAX_WORKERS, machine.availableProcessors()));
  }

  /** What one picture earns by itself, without a set. */
  public Finding judge(RgbImage picture) {
    return examination.judge(picture);
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
    return new PhotoReport(setRules.judge(examined(sorted, progress)));
  }

  /** Returns when no photo is being judged any more: whoever opened the models closes them next. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Examined> examined(List<Path> files, IntConsumer progress) {
    var pool = Executors.newFixedThreadPool(workers());
    try {
      var waiting =
          files.stream()
              .map(file -> CompletableFuture.supplyAsync(() -> examination.examine(file), pool))
              .toList();
      var examined = new ArrayList<Examined>();
      for (var photo : waiting) {
        examined.add(photo.join());
        progress.accept(examined.size());
      }
      return examined;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      end(pool);
    }
  }
}
