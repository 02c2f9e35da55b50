package dev.atelier.runtime.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an MP4 file says about itself, read from its boxes (ISO/IEC 14496-12) without FFmpeg, which
 * wrote it.
 *
 * @param order types of the outermost boxes
 * @param codec four letters of the only track's sample entry
 * @param width of the track as it is shown
 * @param height of the track as it is shown
 * @param samples frames in the file
 * @param shown seconds of each frame
 * @param duration seconds of the track
 * @param keyFrames numbers of the frames that can be seeked to, from 1
 * @param chroma bytes: profile and the chroma format that H.264's High profiles name, else 4:2:0
 */
public record Mp4Probe(
    List<String> order,
    String codec,
    int width,
    int height,
    int samples,
    List<Double> shown,
    double duration,
    List<Integer> keyFrames,
    int chroma) {

  private static final int FIXED_POINT = 16;

  /** Reads a file of one video track. */
  public static Mp4Probe of(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    var order = new ArrayList<String>();
    children(bytes, bytes.limit()).forEach((place, type) -> order.add(type));
    var movie = inner(bytes, "moov");
    var track = inner(movie, "trak");
    var media = inner(track, "mdia");
    var header = inner(media, "mdhd");
    boolean wide = header.get(0) == 1;
    long timescale = Integer.toUnsignedLong(header.getInt(wide ? 20 : 12));
    long length = wide ? header.getLong(24) : Integer.toUnsignedLong(header.getInt(16));
    var table = inner(inner(media, "minf"), "stbl");
    var description = inner(table, "stsd");
    var codec = letters(description, 12);
    var shape = inner(track, "tkhd");
    return new Mp4Probe(
        order,
        codec,
        shape.getInt(shape.limit() - 8) >> FIXED_POINT,
        shape.getInt(shape.limit() - 4) >> FIXED_POINT,
        inner(table, "stsz").getInt(8),
        shown(inner(table, "stts"), timescale),
        (double) length / timescale,
        keyFrames(inner(table, "stss")),
        chroma(description));
  }

  /** Runs of frames of one length. */
  private static List<Double> shown(ByteBuffer box, long timescale) {
    var shown = new ArrayList<Double>();
    for (int run = 0; run < box.getInt(4); run++) {
      for (int i = 0; i < box.getInt(8 + 8 * run); i++) {
        shown.add((double) box.getInt(12 + 8 * run) / timescale);
      }
    }
    return shown;
  }

  private static List<Integer> keyFrames(ByteBuffer box) {
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < box.getInt(4); i++) {
      numbers.add(box.getInt(8 + 4 * i));
    }
    return numbers;
  }

  /**
   * The chroma format: 1 is 4:2:0. Baseline and Main have no other (ISO/IEC 14496-15, avcC; ITU-T
   * H.264, A.2).
   */
  private static int chroma(ByteBuffer description) {
    var text = new String(description.array(), StandardCharsets.ISO_8859_1);
    int at =
        text.indexOf("avcC", description.arrayOffset())
            - description.arrayOffset()
            + "avcC".length();
    int profile = description.get(at + 1) & 255;
    return profile == 66 || profile == 77 ? 1 : -profile;
  }

  private static ByteBuffer inner(ByteBuffer box, String type) {
    for (Map.Entry<Integer, String> child : children(box, box.limit()).entrySet()) {
      if (child.getValue().equals(type)) {
        int at = child.getKey();
        return box.slice(at + 8, box.getInt(at) - 8);
      }
    }
    throw new IllegalArgumentException("there is no box " + type);
  }

  /** Places and types of the boxes in a box. */
  private static Map<Integer, String> children(ByteBuffer box, int end) {
    var found = new TreeMap<Integer, String>();
    int at = 0;
    while (at + 8 <= end) {
      found.put(at, letters(box, at + 4));
      at += Math.max(8, box.getInt(at));
    }
    return found;
  }

  private static String letters(ByteBuffer box, int at) {
    var type = new byte[4];
    box.get(at, type);
    return new String(type, StandardCharsets.US_ASCII);
  }
}
