package dev.atelier.runtime.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/** A small picture that moves: animated WebP of every other frame, for lists of clips. */
public final class AnimatedPreview {

  /** The file's media type. */
  public static final String MEDIA_TYPE = "image/webp";

  /** The longer edge in pixels. */
  public static final int EDGE = 320;

  /** Of so many frames one is shown. */
  public static final int EVERY = 2;

  private AnimatedPreview() {}

  /** A frame in the size of the preview, which collects them while a clip is written. */
  public static RgbImage small(RgbImage frame) {
    return Resize.atMost(frame, EDGE, Filter.LANCZOS);
  }

  /**
   * Writes the preview; it repeats for ever.
   *
   * @param frames of one size
   */
  public static void write(Path target, List<RgbImage> frames, int framesPerSecond)
      throws VideoException {
    av_log_set_level(AV_LOG_FATAL);
    var first = frames.get(0);
    try (var recorder = new FFmpegFrameRecorder(target.toFile(), first.width(), first.height())) {
      recorder.setFormat("webp");
      recorder.setVideoCodecName("libwebp_anim");
      recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(framesPerSecond);
      recorder.setOption("loop", "0");
      recorder.setOption("fflags", "+bitexact");
      recorder.setVideoOption("threads", "1");
      recorder.start();
      for (var frame : frames) {
        recorder.record(Bgr.of(frame), AV_PIX_FMT_BGR24);
      }
      recorder.stop();
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw new VideoException("cannot write the preview %s".formatted(target.getFileName()), e);
    }
  }
}
