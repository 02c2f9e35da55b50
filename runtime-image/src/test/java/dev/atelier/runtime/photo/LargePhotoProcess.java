package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.Perception;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Judges the photos of its arguments and says what memory that took. */
final class LargePhotoProcess {

  static final String PHOTO = "PHOTO ";
  static final String FIGURES = "peak";

  private LargePhotoProcess() {}

  public static void main(String... photos) throws IOException {
    try (var perception =
        Perception.shipped(MtcnnSettings.photographs(), PhotoJudge.threadsPerPhoto())) {
      var report =
          new PhotoJudge(perception, PhotoSettings.defaults())
              .judge(Arrays.stream(photos).map(Path::of).toList());
      for (var photo : report.photos()) {
        System.out.printf(
            "%s%s %s %dx%d%n",
            PHOTO,
            photo.name(),
            photo.verdict(),
            photo.measurements().width(),
            photo.measurements().height());
      }
    }
    System.out.printf("%s heap %d MB, resident %d MB%n", FIGURES, peakHeap() >> 20, peak() >> 10);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Kilobytes that the process has held at most. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElse(0);
  }
}
