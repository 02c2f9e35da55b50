package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.AnimatedPreview;
import dev.atelier.runtime.video.FrameSequence;
import dev.atelier.runtime.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/**
 * The files of a clip: the video, a small preview that moves, and a still.
 *
 * @param video MP4
 * @param preview animated WebP
 * @param poster PNG of the frame in the middle
 */
public record ClipFiles(Path video, Path preview, Path poster) {
  private static final String XMP = "XML:com.adobe.xmp";

  /**
   * Writes them, one frame in memory at a time.
   *
   * @param name of the files, without ending
   * @param texts what the files say about themselves
   * @param xmp what marks them as made by a model
   */
  public static ClipFiles write(
      Path folder,
      String name,
      FrameSequence frames,
      int framesPerSecond,
      Map<String, String> texts,
      String xmp)
      throws IOException {
    var files =
        new ClipFiles(
            folder.resolve(name + ".mp4"),
            folder.resolve(name + ".webp"),
            folder.resolve(name + ".png"));
    var small = new ArrayList<RgbImage>();
    try (var writer =
        VideoWriter.open(files.video(), frames.width(), frames.height(), framesPerSecond, texts)) {
      for (int i = 0; i < frames.count(); i++) {
        RgbImage frame = frames.frame(i);
        writer.write(frame);
        if (i % AnimatedPreview.EVERY == 0) {
          small.add(AnimatedPreview.small(frame));
        }
        if (i == frames.count() / 2) {
          Files.write(files.poster(), PngFile.of(frame, Map.of(XMP, xmp)));
        }
      }
      writer.finish(xmp);
    }
    AnimatedPreview.write(
        files.preview(), small, Math.max(1, framesPerSecond / AnimatedPreview.EVERY));
    return files;
  }
}
