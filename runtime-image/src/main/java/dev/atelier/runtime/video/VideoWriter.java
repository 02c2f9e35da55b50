package dev.atelier.runtime.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;

import dev.atelier.runtime.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/**
 * Writes an MP4 that plays everywhere while it is still loading: H.264 (OpenH264), 8 bits 4:2:0, a
 * fixed frame rate, the index before the pictures. Every frame is kept, so that the duration is
 * exactly frames / rate; the same frames always give the same bytes.
 */
public final class VideoWriter implements AutoCloseable {

  /** The file's media type. */
  public static final String MEDIA_TYPE = "video/mp4";

  /** Bits per pixel and frame: above what the eye tells from the original at 720 lines. */
  private static final double BITS_PER_PIXEL = 0.25;

  private static final int LEAST_BITS_PER_SECOND = 200_000;

  private final FFmpegFrameRecorder recorder;
  private final Path target;
  private final int width;
  private final int height;
  private int frames;

  private VideoWriter(FFmpegFrameRecorder recorder, Path target, int width, int height) {
    this.recorder = recorder;
    this.target = target;
    this.width = width;
    this.height = height;
  }

  /**
   * Begins a file.
   *
   * @param width of every frame, even
   * @param height of every frame, even
   * @param texts what the file says about itself, by the names that players know: {@code title},
   *     {@code comment}, {@code description}
   */
  public static VideoWriter open(
      Path target, int width, int height, int framesPerSecond, Map<String, String> texts)
      throws VideoException {
    if (width % 2 != 0 || height % 2 != 0) {
      throw new VideoException(
          "a video of %dx%d cannot be written: H.264 needs an even width and height"
              .formatted(width, height));
    }
    av_log_set_level(AV_LOG_FATAL);
    var recorder = new FFmpegFrameRecorder(target.toFile(), width, height);
    recorder.setFormat("mp4");
    recorder.setVideoCodecName("libopenh264");
    recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
    recorder.setFrameRate(framesPerSecond);
    recorder.setGopSize(framesPerSecond);
    recorder.setImageScalingFlags(SWS_BICUBIC | SWS_ACCURATE_RND);
    recorder.setVideoBitrate(
        (int) Math.max(LEAST_BITS_PER_SECOND, BITS_PER_PIXEL * width * height * framesPerSecond));
    recorder.setVideoOption("threads", "1");
    recorder.setVideoOption("allow_skip_frames", "0");
    recorder.setVideoOption("flags", "+bitexact");
    recorder.setOption("movflags", "+faststart");
    recorder.setOption("fflags", "+bitexact");
    texts.forEach(recorder::setMetadata);
    try {
      recorder.start();
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw failed(target, e);
    }
    return new VideoWriter(recorder, target, width, height);
  }

  /** Adds a frame. */
  public void write(RgbImage frame) throws VideoException {
    if (frame.width() != width || frame.height() != height) {
      throw new VideoException(
          "frame %d is %dx%d in a video of %dx%d"
              .formatted(frames, frame.width(), frame.height(), width, height));
    }
    try {
      recorder.record(Bgr.of(frame), AV_PIX_FMT_BGR24);
      frames++;
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw failed(target, e);
    }
  }

  /** Ends the file. */
  public void finish() throws VideoException {
    try {
      recorder.stop();
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw failed(target, e);
    }
  }

  /** Ends the file and marks it as made by a model. */
  public void finish(String xmp) throws VideoException {
    finish();
    try {
      XmpBox.append(target, xmp);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Frees the encoder; a file that was not finished is no video. */
  @Override
  public void close() throws VideoException {
    try {
      recorder.close();
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw failed(target, e);
    }
  }

  private static VideoException failed(Path target, Exception cause) {
    return new VideoException(
        "cannot write the video %s (%s); is the disk full?"
            .formatted(target.getFileName(), cause.getMessage()),
        cause);
  }
}
