package dev.atelier.runtime.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import dev.atelier.runtime.image.RgbImage;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/**
 * Writes clips whose every pixel counts: FFV1 in Matroska, 8 bits RGB. The same frames always give
 * the same bytes.
 */
public final class LosslessClip {

  /** The file's media type. */
  public static final String MEDIA_TYPE = "video/x-matroska";

  /** What the file's name ends with. */
  public static final String ENDING = ".mkv";

  private LosslessClip() {}

  /**
   * Writes a clip.
   *
   * @param frames of one size, at least one
   */
  public static void write(Path target, List<RgbImage> frames, int framesPerSecond)
      throws VideoException {
    av_log_set_level(AV_LOG_FATAL);
    var first = frames.get(0);
    try (var recorder = new FFmpegFrameRecorder(target.toFile(), first.width(), first.height())) {
      recorder.setFormat("matroska");
      recorder.setVideoCodec(AV_CODEC_ID_FFV1);
      recorder.setPixelFormat(AV_PIX_FMT_BGR0);
      recorder.setFrameRate(framesPerSecond);
      recorder.setVideoOption("threads", "1");
      // No random identifiers and no names of versions in the file.
      recorder.setOption("fflags", "+bitexact");
      recorder.setVideoOption("flags", "+bitexact");
      recorder.start();
      for (var frame : frames) {
        recorder.record(Bgr.of(frame), avutil.AV_PIX_FMT_BGR24);
      }
      recorder.stop();
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw new VideoException("cannot write the clip %s".formatted(target.getFileName()), e);
    }
  }
}
