package dev.atelier.runtime.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;

import dev.atelier.runtime.image.Orientation;
import dev.atelier.runtime.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/**
 * Reads the frames of a video file one after the other: whatever FFmpeg decodes (H.264, H.265, VP9,
 * AV1 and more, in MP4, MOV, WebM, MKV), variable frame rates by their timestamps, upright, with
 * square pixels. Sound is left alone.
 */
public final class VideoReader implements AutoCloseable {

  private static final double MICROSECONDS = 1e6;
  private static final String ADVICE = "export it again as MP4 with H.264, or leave it out";

  private final FFmpegFrameGrabber grabber;
  private final Path file;
  private final VideoTraits traits;
  private final Orientation orientation;
  private final Pace pace;
  private long first = Long.MIN_VALUE;
  private double last = Double.NaN;

  private VideoReader(
      FFmpegFrameGrabber grabber, Path file, VideoTraits traits, Orientation orientation) {
    this.grabber = grabber;
    this.file = file;
    this.traits = traits;
    this.orientation = orientation;
    this.pace = Pace.of(grabber.getFormatContext());
  }

  /** Opens a file whose frames come in their own size. */
  public static VideoReader open(Path file) throws VideoException {
    return open(file, Integer.MAX_VALUE);
  }

  /**
   * Opens a file.
   *
   * @param longerEdge frames larger than this are reduced to it while they are decoded
   * @throws VideoException if it is no video or is damaged where its description should be
   */
  public static VideoReader open(Path file, int longerEdge) throws VideoException {
    av_log_set_level(AV_LOG_FATAL);
    refuseEmpty(file);
    var grabber = new FFmpegFrameGrabber(file.toFile());
    try {
      grabber.start();
      if (!grabber.hasVideo() || grabber.getImageWidth() == 0) {
        throw new VideoException("there is no picture track in it; leave it out");
      }
      return reader(grabber, file, longerEdge);
    } catch (FFmpegFrameGrabber.Exception e) {
      close(grabber);
      throw new VideoException("it is no video file, or is damaged or cut off: " + ADVICE, e);
    } catch (VideoException e) {
      close(grabber);
      throw e;
    }
  }

  private static VideoReader reader(FFmpegFrameGrabber grabber, Path file, int longerEdge) {
    int turns = quarterTurns(grabber.getDisplayRotation());
    var orientation = Orientation.ofQuarterTurns(turns);
    double pixel = grabber.getAspectRatio();
    int width = (int) Math.round(grabber.getImageWidth() * (pixel > 0 && pixel < 16 ? pixel : 1));
    int height = grabber.getImageHeight();
    double scale = Math.min(1, (double) longerEdge / Math.max(width, height));
    grabber.setImageWidth((int) Math.max(1, Math.round(width * scale)));
    grabber.setImageHeight((int) Math.max(1, Math.round(height * scale)));
    // Exact rounding: without it the fast paths of swscale differ between processors.
    grabber.setImageScalingFlags(SWS_AREA | SWS_ACCURATE_RND);
    var traits =
        new VideoTraits(
            orientation.swapsSides() ? height : width,
            orientation.swapsSides() ? width : height,
            turns,
            grabber.getVideoFrameRate(),
            Math.max(0, grabber.getLengthInTime() / MICROSECONDS),
            String.valueOf(grabber.getVideoCodecName()),
            grabber.hasAudio());
    return new VideoReader(grabber, file, traits, orientation);
  }

  /** The nearest quarter turns clockwise of the display matrix; FFmpeg counts anticlockwise. */
  private static int quarterTurns(double degrees) {
    return Double.isNaN(degrees) ? 0 : Math.floorMod(Math.round(-degrees / 90), 4);
  }

  private static void refuseEmpty(Path file) throws VideoException {
    try {
      if (Files.size(file) == 0) {
        throw new VideoException("the file is empty: copy it again");
      }
    } catch (VideoException e) {
      throw e;
    } catch (IOException e) {
      throw new VideoException("the file cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  /** What the file says about itself. */
  public VideoTraits traits() {
    return traits;
  }

  /** What the file says that it shows; empty where it says nothing. */
  public String title() {
    return Objects.requireNonNullElse(grabber.getMetadata("title"), "");
  }

  /**
   * The next frame, or empty at the end.
   *
   * @throws VideoException if the decoder gives up
   */
  public Optional<VideoFrame> next() throws VideoException {
    try {
      var frame = grabber.grabImage();
      if (frame == null) {
        return Optional.empty();
      }
      first = first == Long.MIN_VALUE ? frame.timestamp : first;
      double seconds = (frame.timestamp - first) / MICROSECONDS;
      boolean damaged = concealed(frame) || pace.lost(last, seconds);
      last = seconds;
      return Optional.of(new VideoFrame(seconds, orientation.upright(picture(frame)), damaged));
    } catch (FFmpegFrameGrabber.Exception e) {
      throw new VideoException(
          "%s is damaged: %s".formatted(String.valueOf(file.getFileName()), ADVICE), e);
    }
  }

  /** Whether frames that the file's index counts are missing after the one that was read last. */
  public boolean cutOff() {
    return pace.cutOff(last);
  }

  /**
   * The pictures of all frames that are still to come.
   *
   * @throws VideoException if the decoder gives up
   */
  public List<RgbImage> rest() throws VideoException {
    var pictures = new ArrayList<RgbImage>();
    for (var frame = next(); frame.isPresent(); frame = next()) {
      pictures.add(frame.get().picture());
    }
    return List.copyOf(pictures);
  }

  /**
   * Goes on at a later frame. The container decides how exactly: the next frame may begin a little
   * earlier, or later.
   */
  public void skipTo(double seconds) throws VideoException {
    if (first == Long.MIN_VALUE) {
      next(); // the first frame's time is where seconds count from
    }
    try {
      grabber.setVideoTimestamp(first + Math.round(seconds * MICROSECONDS));
      last = Double.NaN;
    } catch (FFmpegFrameGrabber.Exception e) {
      throw new VideoException("it cannot be read from %.2f s on".formatted(seconds), e);
    }
  }

  /** Whether the decoder could not read all of it and filled in from its neighbours. */
  private static boolean concealed(Frame frame) {
    var decoded = (AVFrame) frame.opaque;
    return (decoded.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
        || decoded.decode_error_flags() != 0;
  }

  /** Blue, green, red bytes in rows that may be padded. */
  private static RgbImage picture(Frame frame) {
    var bytes = (ByteBuffer) frame.image[0];
    int width = frame.imageWidth;
    int height = frame.imageHeight;
    var values = new float[width * height * 3];
    var row = new byte[width * 3];
    for (int y = 0; y < height; y++) {
      bytes.position(y * frame.imageStride);
      bytes.get(row);
      int to = y * width * 3;
      for (int x = 0; x < row.length; x += 3) {
        values[to + x] = row[x + 2] & 255;
        values[to + x + 1] = row[x + 1] & 255;
        values[to + x + 2] = row[x] & 255;
      }
    }
    return new RgbImage(width, height, values);
  }

  @Override
  public void close() {
    close(grabber);
  }

  private static void close(FFmpegFrameGrabber grabber) {
    try {
      grabber.close();
    } catch (org.bytedeco.javacv.FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg cannot close a file: " + e.getMessage(), e);
    }
  }
}
