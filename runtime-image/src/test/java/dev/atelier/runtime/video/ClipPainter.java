package dev.atelier.runtime.video;

import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;

/** Draws little films with the library that reads them, so that no film has to be kept. */
public final class ClipPainter {

  private final int width;
  private final int height;
  private final List<BufferedImage> frames = new ArrayList<>();
  private IntToDoubleFunction times = frame -> frame / 24.0;
  private int pace = 24;
  private double rotation;
  private boolean sound;

  /** A film of this size. */
  public ClipPainter(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** How a film is packed. */
  public enum Packing {
    H264_MP4("mp4", "libopenh264", avcodec.AV_CODEC_ID_H264),
    H264_MOV("mov", "libopenh264", avcodec.AV_CODEC_ID_H264),
    VP9_WEBM("webm", "libvpx-vp9", avcodec.AV_CODEC_ID_VP9),
    AV1_MP4("mp4", "libaom-av1", avcodec.AV_CODEC_ID_AV1),
    MPEG4_MKV("matroska", "mpeg4", avcodec.AV_CODEC_ID_MPEG4);

    private final String format;
    private final String encoder;
    private final int codec;

    Packing(String format, String encoder, int codec) {
      this.format = format;
      this.encoder = encoder;
      this.codec = codec;
    }
  }

  /** Paints so many frames; the painter gets the number of the frame. */
  public ClipPainter paint(int count, BiConsumer<Graphics2D, Integer> painter) {
    for (int i = 0; i < count; i++) {
      var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      var canvas = image.createGraphics();
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      painter.accept(canvas, i);
      canvas.dispose();
      frames.add(image);
    }
    return this;
  }

  /** A ball that crosses a textured wall, its colour and place by the seed. */
  public ClipPainter ball(int count, long seed) {
    var dice = new Random(seed);
    var wall = wall(dice);
    var colour = Color.getHSBColor(dice.nextFloat(), 0.9f, 0.95f);
    double y = height * (0.3 + 0.4 * dice.nextDouble());
    double from = width * 0.1 * dice.nextDouble();
    double speed = width / 60.0;
    double size = height / 3.5;
    return paint(
        count,
        (canvas, i) -> {
          canvas.drawImage(wall, -(int) (i * speed / 2), 0, null);
          canvas.setColor(colour);
          canvas.fillOval((int) (from + i * speed), (int) (y - size / 2), (int) size, (int) size);
        });
  }

  /** The same picture in every frame. */
  public ClipPainter still(int count, long seed) {
    var wall = wall(new Random(seed));
    return paint(count, (canvas, i) -> canvas.drawImage(wall, 0, 0, null));
  }

  /** Two lines of subtitles over everything painted so far. */
  public ClipPainter subtitled(String first, String second) {
    for (var frame : frames) {
      var canvas = frame.createGraphics();
      canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, height / 12));
      canvas.setColor(Color.BLACK);
      canvas.fillRect(width / 20, height * 3 / 4 - height / 24, width * 9 / 10, height / 4);
      canvas.setColor(Color.WHITE);
      canvas.drawString(first, width / 12, height * 3 / 4 + height / 20);
      canvas.drawString(second, width / 12, height * 3 / 4 + height / 6);
      canvas.dispose();
    }
    return this;
  }

  /** Black bars above and below everything painted so far. */
  public ClipPainter barred(double share) {
    int bar = (int) (height * share / 2);
    for (var frame : frames) {
      var canvas = frame.createGraphics();
      canvas.setColor(Color.BLACK);
      canvas.fillRect(0, 0, width, bar);
      canvas.fillRect(0, height - bar, width, bar);
      canvas.dispose();
    }
    return this;
  }

  /** Another size for everything painted so far, without antialiasing done well. */
  public ClipPainter resized(int newWidth, int newHeight) {
    var other = new ClipPainter(newWidth, newHeight);
    var copies = List.copyOf(frames);
    other.times = times;
    return other.paint(
        copies.size(),
        (canvas, i) -> {
          canvas.setRenderingHint(
              RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
          canvas.drawImage(copies.get(i), 0, 0, newWidth, newHeight, null);
        });
  }

  /** Out of focus, as a mean over a square of pixels does it. */
  public ClipPainter blurred(int radius) {
    int side = 2 * radius + 1;
    var weights = new float[side * side];
    java.util.Arrays.fill(weights, 1f / (side * side));
    var blur =
        new java.awt.image.ConvolveOp(
            new java.awt.image.Kernel(side, side, weights),
            java.awt.image.ConvolveOp.EDGE_NO_OP,
            null);
    for (int i = 0; i < frames.size(); i++) {
      var copy = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      blur.filter(frames.get(i), copy);
      frames.set(i, copy);
    }
    return this;
  }

  /** Hardly any light on everything painted so far. */
  public ClipPainter darkened() {
    for (var frame : frames) {
      var canvas = frame.createGraphics();
      canvas.setColor(new Color(0, 0, 0, 225));
      canvas.fillRect(0, 0, width, height);
      canvas.dispose();
    }
    return this;
  }

  /** When each frame begins, in seconds. */
  public ClipPainter at(IntToDoubleFunction seconds) {
    times = seconds;
    return this;
  }

  /** Frames per second. */
  public ClipPainter pace(int framesPerSecond) {
    pace = framesPerSecond;
    times = frame -> (double) frame / framesPerSecond;
    return this;
  }

  /** How the player has to turn the picture, in degrees clockwise. */
  public ClipPainter turned(double degrees) {
    rotation = degrees;
    return this;
  }

  /** With a tone. */
  public ClipPainter withSound() {
    sound = true;
    return this;
  }

  /** The frame as it was painted. */
  public BufferedImage frame(int index) {
    return frames.get(index);
  }

  /** Writes the film. */
  public Path write(Path target, Packing packing) {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    try (var recorder = new FFmpegFrameRecorder(target.toFile(), width, height, sound ? 1 : 0);
        var converter = new Java2DFrameConverter()) {
      recorder.setFormat(packing.format);
      recorder.setVideoCodecName(packing.encoder);
      recorder.setVideoCodec(packing.codec);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(pace);
      recorder.setVideoBitrate(4_000_000);
      recorder.setDisplayRotation(rotation);
      if (packing == Packing.AV1_MP4) {
        recorder.setVideoOption("cpu-used", "8");
      }
      recorder.start();
      for (int i = 0; i < frames.size(); i++) {
        recorder.setTimestamp(Math.round(times.applyAsDouble(i) * 1e6));
        recorder.record(converter.convert(frames.get(i)));
        if (sound) {
          recorder.recordSamples(tone(i));
        }
      }
      recorder.stop();
      return target;
    } catch (org.bytedeco.javacv.FrameRecorder.Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ShortBuffer tone(int frame) {
    var samples = ShortBuffer.allocate(44100 / 24);
    for (int i = 0; i < samples.capacity(); i++) {
      samples.put(i, (short) (8000 * Math.sin((frame * samples.capacity() + i) * 0.05)));
    }
    return samples;
  }

  /** Even fields of many colours with sharp edges, wider than the picture. */
  private BufferedImage wall(Random dice) {
    var wall = new BufferedImage(2 * width, height, BufferedImage.TYPE_3BYTE_BGR);
    var canvas = wall.createGraphics();
    canvas.setPaint(
        new GradientPaint(
            0,
            0,
            Color.getHSBColor(dice.nextFloat(), 0.5f, 0.5f),
            width,
            height,
            Color.getHSBColor(dice.nextFloat(), 0.5f, 0.8f)));
    canvas.fillRect(0, 0, 2 * width, height);
    for (int i = 0; i < 40; i++) {
      canvas.setColor(Color.getHSBColor(dice.nextFloat(), 0.4f, 0.3f + 0.6f * dice.nextFloat()));
      int side = height / 12 + dice.nextInt(height / 6);
      canvas.fillRect(dice.nextInt(2 * width), dice.nextInt(height), side, side);
    }
    canvas.dispose();
    return wall;
  }
}
