package dev.atelier.runtime.video;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * How frames follow each other by the file's own index, which stays whole where the pictures are
 * damaged.
 *
 * @param step seconds from frame to frame; 0 where they vary or no index counts the frames
 * @param end seconds from the first frame to the last
 */
record Pace(double step, double end) {

  /** One frame that is missing is not worth a clip. */
  private static final double LOST = 2.5;

  /** Of the first picture track. */
  static Pace of(AVFormatContext file) {
    for (int i = 0; i < file.nb_streams(); i++) {
      AVStream stream = file.streams(i);
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
        double rate = av_q2d(stream.r_frame_rate());
        double seconds = stream.duration() * av_q2d(stream.time_base());
        return of(stream.nb_frames(), rate, seconds);
      }
    }
    return new Pace(0, 0);
  }

  /**
   * Even where the index counts as many frames as that rate makes in that time.
   *
   * @param frames 0 where the file does not count them, as in WebM
   * @param rate the least common one of the frames' times, per second
   */
  static Pace of(long frames, double rate, double seconds) {
    boolean even = rate > 0 && seconds > 0 && frames + 1 >= rate * seconds;
    return even ? new Pace(1 / rate, (frames - 1) / rate) : new Pace(0, 0);
  }

  /** Whether frames were lost between two that follow each other. */
  boolean lost(double before, double now) {
    return step > 0 && now - before > LOST * step;
  }

  /** Whether frames were lost after what was the last. */
  boolean cutOff(double last) {
    return lost(last, end);
  }
}
